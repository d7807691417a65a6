//! A FHIR patient's texts into a profile. A text that a rule refuses skips the row; none is cut.

use super::Skipped;
use crate::domain::client::{Contact, Gender, IDENTIFIERS_MAX, Identifier, Profile, Telecom};
use crate::domain::text::{
    Address, BirthDate, Email, ExternalId, Line, Locale, NameUse, PersonName, Phone, Reason, Script,
};
use crate::domain::time::Timestamp;
use crate::exchange::fhir::{self, PatientRow};

/// How many names, numbers, addresses or contacts a client keeps each.
const LIST_MAX: usize = 64;

type Parsed<T> = Result<T, Skipped>;

/// A patient whose texts are parsed.
pub(super) struct Patient {
    /// What is known.
    pub profile: Profile,
    /// Whether the record is in use and the patient lives.
    pub is_active: bool,
}

/// Parses the texts of a row.
pub(super) fn parse(row: PatientRow, now: Timestamp) -> Parsed<Patient> {
    let today = now.date().to_string();
    let (email, phone, telecoms) = telecoms(&row.telecom, &today)?;
    let profile = Profile {
        external_id: text(
            ExternalId::parse,
            &stated(&row.external_id),
            "external_id",
            "identifier",
        )?,
        identifiers: identifiers(&row.identifiers)?,
        names: names(&row.names, &today)?,
        birth: text(BirthDate::parse, &row.birth_date, "birth", "birthDate")?,
        gender: row.gender.as_deref().map(gender).transpose()?,
        email,
        phone,
        telecoms,
        addresses: addresses(&row.addresses)?,
        locale: text(Locale::parse, &row.language, "locale", "communication")?,
        physician_name: text(Line::parse, &row.physician, "physician_name", "generalPractitioner")?,
        contacts: contacts(&row.contacts, &today)?,
        deceased: row.deceased,
        replaced_by: text(ExternalId::parse, &row.replaced_by, "replaced_by", "link")?,
        ..Profile::default()
    };
    Ok(Patient { profile, is_active: row.active && !row.deceased })
}

fn stated(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn text<T>(
    parse: impl Fn(&str) -> Result<T, Reason>,
    text: &Option<String>,
    field: &'static str,
    path: &str,
) -> Parsed<Option<T>> {
    let parsed = text.as_deref().map(parse).transpose();
    parsed.map_err(|reason| Skipped::text(reason, field, path))
}

fn lines(texts: &[String], field: &'static str, path: &str) -> Parsed<Vec<Line>> {
    let parse = |(at, text): (usize, &String)| {
        Line::parse(text).map_err(|reason| Skipped::text(reason, field, format!("{path}[{at}]")))
    };
    texts.iter().enumerate().map(parse).collect()
}

fn require_short<T>(list: &[T], max: usize, field: &'static str, path: &str) -> Parsed<()> {
    if list.len() > max {
        return Err(Skipped::text(Reason::TooMany { max }, field, path));
    }
    Ok(())
}

fn identifiers(pairs: &[(String, String)]) -> Parsed<Vec<Identifier>> {
    let field = "identifiers";
    require_short(pairs, IDENTIFIERS_MAX, field, "identifier")?;
    let parse = |(at, (system, value)): (usize, &(String, String))| {
        let path = |member| format!("identifier[{at}].{member}");
        Ok(Identifier {
            system: text(ExternalId::parse, &stated(system), field, &path("system"))?,
            value: ExternalId::parse(value)
                .map_err(|reason| Skipped::text(reason, field, path("value")))?,
        })
    };
    pairs.iter().enumerate().map(parse).collect()
}

fn gender(word: &str) -> Parsed<Gender> {
    match word {
        "male" => Ok(Gender::Male),
        "female" => Ok(Gender::Female),
        "other" => Ok(Gender::Other),
        "unknown" => Ok(Gender::Unknown),
        _ => Err(Skipped::text(Reason::Unknown, "gender", "gender")),
    }
}

/// Whether a period has ended by today; both are dates that compare as text.
fn is_over(ended: &Option<String>, today: &str) -> bool {
    ended.as_deref().is_some_and(|ended| {
        let length = ended.len().min(today.len());
        ended.get(..length) < today.get(..length)
    })
}

/// The names, the one to be shown first: present before former, kanji before kana.
fn names(rows: &[fhir::Name], today: &str) -> Parsed<Vec<PersonName>> {
    if rows.is_empty() {
        return Err(Skipped::text(Reason::Missing, "name", "name"));
    }
    require_short(rows, LIST_MAX, "name", "name")?;
    let parse = |(at, row)| name(row, &format!("name[{at}]"), today);
    let mut names: Vec<PersonName> = rows.iter().enumerate().map(parse).collect::<Parsed<_>>()?;
    names.sort_by_key(|name| {
        let usage = match name.use_ {
            NameUse::Usual | NameUse::Official => 0,
            NameUse::Temp | NameUse::Nickname | NameUse::Anonymous => 1,
            NameUse::Maiden | NameUse::Old => 2,
        };
        let script = match name.script {
            Script::Ideographic => 0,
            Script::Default | Script::Alphabetic => 1,
            Script::Syllabic => 2,
        };
        (usage, script)
    });
    Ok(names)
}

fn name(row: &fhir::Name, path: &str, today: &str) -> Parsed<PersonName> {
    let field = "name";
    let part = |part, member| text(Line::parse, part, field, &format!("{path}.{member}"));
    let parts = |parts, member| lines(parts, field, &format!("{path}.{member}"));
    let name = PersonName {
        use_: match row.usage.as_deref() {
            _ if is_over(&row.ended, today) => NameUse::Old,
            None | Some("usual") => NameUse::Usual,
            Some("official") => NameUse::Official,
            Some("maiden") => NameUse::Maiden,
            Some("nickname") => NameUse::Nickname,
            Some("anonymous") => NameUse::Anonymous,
            Some("old") => NameUse::Old,
            Some("temp") => NameUse::Temp,
            Some(_) => return Err(Skipped::text(Reason::Unknown, field, format!("{path}.use"))),
        },
        script: match row.script {
            None => Script::Default,
            Some(fhir::Script::Alphabetic) => Script::Alphabetic,
            Some(fhir::Script::Syllabic) => Script::Syllabic,
            Some(fhir::Script::Ideographic) => Script::Ideographic,
        },
        text: part(&row.text, "text")?,
        family: part(&row.family, "family")?,
        given: parts(&row.given, "given")?,
        prefix: parts(&row.prefix, "prefix")?,
        suffix: parts(&row.suffix, "suffix")?,
    };
    name.checked().map_err(|reason| Skipped::text(reason, field, path))
}

/// The contact address, the contact phone, and every other way to reach the patient.
///
/// The phone is a mobile one where there is one; what is old, or no address or number to our
/// rules, is kept aside as it is.
fn telecoms(
    rows: &[fhir::Telecom],
    today: &str,
) -> Parsed<(Option<Email>, Option<Phone>, Vec<Telecom>)> {
    require_short(rows, LIST_MAX, "telecoms", "telecom")?;
    let order = |row: &fhir::Telecom| row.rank.unwrap_or(u32::MAX);
    let in_use = || {
        rows.iter().enumerate().filter_map(|(at, row)| {
            let is_old = row.usage.as_deref() == Some("old") || is_over(&row.ended, today);
            let value = row.value.as_deref().filter(|_| !is_old)?;
            Some((at, row, row.system.as_deref()?, value))
        })
    };
    let email = in_use()
        .filter(|(_, _, system, _)| *system == "email")
        .filter_map(|(at, row, _, value)| Some((order(row), at, Email::parse(value).ok()?)))
        .min_by_key(|(order, at, _)| (*order, *at));
    let phone = in_use()
        .filter(|(_, _, system, _)| matches!(*system, "phone" | "sms"))
        .filter_map(|(at, row, _, value)| {
            let is_fixed = row.usage.as_deref() != Some("mobile");
            Some(((is_fixed, order(row)), at, Phone::parse(value).ok()?))
        })
        .min_by_key(|(order, at, _)| (*order, *at));
    let taken = [email.as_ref().map(|(_, at, _)| *at), phone.as_ref().map(|(_, at, _)| *at)];
    let mut others = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if !taken.contains(&Some(at)) {
            others.extend(telecom(row, "telecoms", &format!("telecom[{at}]"))?);
        }
    }
    Ok((email.map(|(_, _, email)| email), phone.map(|(_, _, phone)| phone), others))
}

fn telecom(row: &fhir::Telecom, field: &'static str, path: &str) -> Parsed<Option<Telecom>> {
    let part = |part, member| text(Line::parse, part, field, &format!("{path}.{member}"));
    let Some(value) = part(&row.value, "value")? else { return Ok(None) };
    let system = row.system.clone().or_else(|| Some("other".to_owned()));
    let Some(system) = part(&system, "system")? else { return Ok(None) };
    Ok(Some(Telecom { system, value, usage: part(&row.usage, "use")? }))
}

/// The addresses, former ones last. One that says nothing but its use is left out.
fn addresses(rows: &[fhir::Address]) -> Parsed<Vec<Address>> {
    let field = "addresses";
    require_short(rows, LIST_MAX, field, "address")?;
    let mut found = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let path = format!("address[{at}]");
        let part = |part, member| text(Line::parse, part, field, &format!("{path}.{member}"));
        let address = Address {
            lines: lines(&row.line, field, &format!("{path}.line"))?,
            city: part(&row.city, "city")?,
            district: part(&row.district, "district")?,
            state: part(&row.state, "state")?,
            postal_code: part(&row.postal_code, "postalCode")?,
            country: part(&row.country, "country")?,
            text: part(&row.text, "text")?,
        };
        match address.checked() {
            Ok(address) => found.push((row.usage.as_deref() == Some("old"), address)),
            Err(Reason::Empty) => {}
            Err(reason) => return Err(Skipped::text(reason, field, path)),
        }
    }
    found.sort_by_key(|(is_old, _)| *is_old);
    Ok(found.into_iter().map(|(_, address)| address).collect())
}

fn contacts(rows: &[fhir::Contact], today: &str) -> Parsed<Vec<Contact>> {
    let field = "contacts";
    require_short(rows, LIST_MAX, field, "contact")?;
    let parse = |(at, row): (usize, &fhir::Contact)| {
        let path = format!("contact[{at}]");
        let relationship = row.relationships.iter().find_map(|it| {
            it.text.clone().or_else(|| it.codes.first().map(|(_, code)| code.clone()))
        });
        require_short(&row.telecom, LIST_MAX, field, &path)?;
        let mut telecoms = Vec::new();
        for (at, row) in row.telecom.iter().enumerate() {
            telecoms.extend(telecom(row, field, &format!("{path}.telecom[{at}]"))?);
        }
        let named = row.name.as_ref();
        let name = named.map(|row| name(row, &format!("{path}.name"), today)).transpose()?;
        let path = format!("{path}.relationship");
        let relationship = text(Line::parse, &relationship, field, &path)?;
        Ok(Contact { relationship, name, telecoms })
    };
    rows.iter().enumerate().map(parse).collect()
}
