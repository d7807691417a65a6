//! Sample facts: what a script is tried on before it is installed, and what its author tries.

use super::engine::Ask;
use super::facts::{Client, Facts, Item, Practice, Recipient, Role, Seat, Version};
use super::request::{
    Actor, Client as ClientAsked, Counts, DeletionFacts, InvitationFacts, Invitations, InvitedAs,
    Settings, StaffMember, Wanted,
};
use super::warning;
use super::words::LINK;
use crate::domain::access::Standing;
use crate::domain::id::{ClientId, LoginId, PracticeId, StaffId};
use crate::domain::invitation::Channel;
use crate::domain::message::Kind;
use crate::domain::text::{Email, ExternalId, Line, Locale, Paragraph, Phone, Reason, Zone};
use crate::domain::time::{DAY, Timestamp};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The languages that each notice is tried in.
pub const LOCALES: &[&str] = &["en", "en-GB", "es", "de", "fr", "pt-BR", "ja", "ar"];
/// 2 March 2026, 09:00 UTC.
const NOW: i64 = 1_772_442_000_000;

/// One sample: what it is, for whoever reads of its failure, and the facts.
pub struct Sample {
    /// Such as `invitation es guardian`.
    pub title: String,
    /// The facts.
    pub ask: Ask,
}

fn id() -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001)
}

fn practice() -> Result<Practice, Reason> {
    Ok(Practice {
        id: PracticeId::from_uuid(id()),
        name: Line::parse("Cedar & Birch")?,
        support_email: Some(Email::parse("help@cedar.example.org")?),
        support_phone: Some(Phone::parse("+1 555 0100")?),
        locale: Some(Locale::parse("en")?),
    })
}

fn seat() -> Result<Seat, Reason> {
    let external_id = Some(ExternalId::parse("S-17")?);
    Ok(Seat { id: StaffId::from_uuid(id()), external_id, name: "Nora Weiss".to_owned() })
}

fn actor() -> Actor {
    Actor { role: Standing::Practitioner, name: Some("Nora Weiss".to_owned()), on_behalf_of: None }
}

/// The facts of one notice. A sparse one lacks all that may be absent.
///
/// # Errors
/// `UnknownLocale`.
pub fn notice(kind: Kind, locale: &str, role: Role, is_sparse: bool) -> Result<Facts, Reason> {
    let practice = practice()?;
    let locale = Locale::parse(locale)?;
    let warning = warning::line(kind, &practice, &locale);
    let full = !is_sparse;
    let is_item = matches!(kind, Kind::ItemReceived | Kind::ItemReady | Kind::ItemShared);
    let is_invitation = matches!(kind, Kind::Invitation | Kind::InvitationReminder);
    let link = kind.needs_link().then(|| LINK.to_owned());
    Ok(Facts {
        version: Version,
        kind,
        channel: Channel::Email,
        recipient: Recipient {
            name: full.then(|| "Luc\u{ed}a <x>O'Hara</x>".to_owned()),
            given_name: full.then(|| "Luc\u{ed}a".to_owned()),
            role,
            locale,
            zone: Zone::parse("Europe/Berlin")?,
        },
        client: full.then(|| Client {
            id: ClientId::from_uuid(id()),
            external_id: ExternalId::parse("P-4711").ok(),
            name: "Teo & Co <x>Garc\u{ed}a</x>".to_owned(),
            given_name: Some("Teo".to_owned()),
        }),
        staff: full.then(seat).transpose()?,
        invitee: full.then(|| "Ana Lima".to_owned()),
        practice,
        product: full.then(|| Line::parse("Sample EHR")).transpose()?,
        expires_at: link.as_ref().map(|_| Timestamp::from_millis(NOW + 7 * DAY)),
        link,
        sends: is_invitation.then_some(if is_sparse { 1 } else { 3 }),
        inviter: (full && is_invitation).then(|| "Nora Weiss".to_owned()),
        note: (full && is_invitation)
            .then(|| Paragraph::parse("See you soon.\r\n\"Nora\""))
            .transpose()?,
        actor: full.then(actor),
        item: is_item.then(|| Item {
            kind: "result".to_owned(),
            external_id: full.then(|| ExternalId::parse("R-1").ok()).flatten(),
            status: full.then(|| "ready".to_owned()),
        }),
        due_at: (kind == Kind::DeletionScheduled).then(|| Timestamp::from_millis(NOW + 30 * DAY)),
        warning,
        own: BTreeMap::new(),
    })
}

fn client(stage: &'static str, status: &'static str) -> ClientAsked {
    ClientAsked {
        id: ClientId::from_uuid(id()),
        external_id: ExternalId::parse("P-4711").ok(),
        name: "Teo Garc\u{ed}a".to_owned(),
        given_name: Some("Teo".to_owned()),
        is_person: true,
        stage,
        status,
        has_email: true,
        has_phone: false,
        login_state: "active",
        created_at: Timestamp::from_millis(NOW - 400 * DAY),
    }
}

fn staff_member() -> Result<StaffMember, Reason> {
    let (role, status, is_approved) = (Role::Assistant, "active", true);
    Ok(StaffMember { seat: seat()?, role, status, is_approved })
}

const SETTINGS: Settings = Settings {
    guests: false,
    registration: false,
    approval: true,
    invitation_days: 7,
    majority: 18,
};

/// The facts of one deletion: of a client with nothing left, or with some of everything; or of a
/// seat. The host's counts answer to every name.
///
/// # Errors
/// None that the samples give.
pub fn deletion(wanted: Wanted, is_staff: bool, has_all: bool) -> Result<DeletionFacts, Reason> {
    let some = u32::from(has_all);
    let of_item = Counts::from([("ready".to_owned(), some), ("received".to_owned(), some)]);
    let items =
        if has_all { BTreeMap::from([("result".to_owned(), of_item)]) } else { BTreeMap::new() };
    let now = Timestamp::from_millis(NOW);
    Ok(DeletionFacts {
        version: Version,
        now,
        wanted,
        asked_by: actor(),
        client: (!is_staff).then(|| client("registered", "active")),
        staff: if is_staff { Some(staff_member()?) } else { None },
        login: has_all.then(|| LoginId::from_uuid(id())),
        ever_signed_in: has_all,
        last_sign_in: has_all.then(|| now.plus(-10 * DAY)),
        ever_had_items: has_all,
        items,
        ever: if has_all { Counts::from([("result".to_owned(), 2)]) } else { Counts::new() },
        host: Counts::from([("*".to_owned(), 3 * some)]),
        invitations: Invitations { pending: some, accepted: some, ..Invitations::default() },
        grants: some,
        proxies: some,
        practice: practice()?,
        settings: SETTINGS,
    })
}

/// The facts of one invitation.
///
/// # Errors
/// None that the samples give.
pub fn invitation(invited_as: InvitedAs, stage: &'static str) -> Result<InvitationFacts, Reason> {
    let is_client = matches!(invited_as, InvitedAs::Client | InvitedAs::Guardian);
    let is_seat = !is_client && invited_as != InvitedAs::NewClient;
    Ok(InvitationFacts {
        version: Version,
        now: Timestamp::from_millis(NOW),
        asked_by: actor(),
        invited_as,
        client: is_client.then(|| client(stage, "active")),
        staff: if is_seat { Some(staff_member()?) } else { None },
        is_sent: true,
        has_email: true,
        has_phone: false,
        is_open_link: false,
        earlier: Invitations { expired: 1, ..Invitations::default() },
        practice: practice()?,
        settings: SETTINGS,
    })
}

/// The facts with markup in every text that a person typed, so that one that is not escaped is
/// found before it is sent.
fn marked(facts: Facts) -> Result<Facts, Reason> {
    let mark = |text: String| format!("{text} <x>");
    let Facts { recipient, client, staff, actor, invitee, inviter, note, .. } = facts.clone();
    Ok(Facts {
        recipient: Recipient {
            name: recipient.name.map(mark),
            given_name: recipient.given_name.map(mark),
            ..recipient
        },
        client: client.map(|it| Client {
            name: mark(it.name),
            given_name: it.given_name.map(mark),
            ..it
        }),
        staff: staff.map(|it| Seat { name: mark(it.name), ..it }),
        actor: actor.map(|it| Actor { name: it.name.map(mark), ..it }),
        invitee: invitee.map(mark),
        inviter: inviter.map(mark),
        note: note.map(|it| Paragraph::parse(&mark(it.as_str().to_owned()))).transpose()?,
        ..facts
    })
}

/// Everything that a set is tried on.
///
/// # Errors
/// None that the samples give.
pub fn all() -> Result<Vec<Sample>, Reason> {
    let mut samples = Vec::new();
    for kind in Kind::ALL {
        for locale in LOCALES {
            for (role, is_sparse, channel) in [
                (Role::Client, false, Channel::Email),
                (Role::Guardian, true, Channel::Email),
                (Role::Practitioner, false, Channel::Email),
                (Role::Client, true, Channel::Sms),
            ] {
                let facts = Facts { channel, ..notice(*kind, locale, role, is_sparse)? };
                let facts = if role == Role::Practitioner { marked(facts)? } else { facts };
                let lack = if is_sparse { " sparse" } else { "" };
                let by = if channel == Channel::Sms { " sms" } else { "" };
                let title = format!("{} {locale} {}{lack}{by}", kind.word(), role.word());
                samples.push(Sample { title, ask: Ask::Notice(Box::new(facts)) });
            }
        }
    }
    for (wanted, word) in
        [(Wanted::Erase, "erase"), (Wanted::RemoveLogin, "remove_login"), (Wanted::Leave, "leave")]
    {
        for (is_staff, who) in [(false, "client"), (true, "staff")] {
            for (has_all, what) in [(false, "empty"), (true, "full")] {
                let facts = deletion(wanted, is_staff, has_all)?;
                let title = format!("deletion {word} {who} {what}");
                samples.push(Sample { title, ask: Ask::Deletion(Box::new(facts)) });
            }
        }
    }
    for (invited_as, word) in [
        (InvitedAs::Client, "client"),
        (InvitedAs::Guardian, "guardian"),
        (InvitedAs::NewClient, "new_client"),
        (InvitedAs::Admin, "admin"),
        (InvitedAs::Practitioner, "practitioner"),
        (InvitedAs::Assistant, "assistant"),
        (InvitedAs::Member, "member"),
    ] {
        for stage in ["guest", "prospective", "registered"] {
            let facts = invitation(invited_as, stage)?;
            let title = format!("invitation {word} {stage}");
            samples.push(Sample { title, ask: Ask::Invitation(Box::new(facts)) });
        }
    }
    Ok(samples)
}
