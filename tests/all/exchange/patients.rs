//! Patients as real senders write them.

use super::{FILES, file, patients, patients_of, with};
use admit::exchange::fhir::{Name, Script};
use std::collections::HashSet;

#[test]
fn every_patient_of_the_three_files_is_read() {
    let counts = FILES.map(|country| patients_of(country).len());
    assert_eq!(counts, [400, 25, 3]);
    let lines: Vec<u64> = patients(file("us")).iter().map(|row| row.line).collect();
    assert_eq!(lines, (1..=400).collect::<Vec<_>>());
}

#[test]
fn external_ids_are_distinct_within_and_across_the_files() {
    let ids: Vec<String> =
        FILES.iter().flat_map(|country| patients_of(country)).map(|row| row.external_id).collect();
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), 428);
    assert_eq!(ids[0], "http://hospital.example.org/identifiers/mrn|POP-000712");
    assert_eq!(ids[400], "urn:oid:1.2.392.100495.20.3.51.1|POP-000034");
    assert_eq!(ids[425], "http://hospital.smarthealthit.org|5484949");
}

#[test]
fn the_first_american_patient_is_read_whole() {
    let row = patients_of("us").remove(0);
    assert_eq!(
        row.identifiers,
        [
            ("http://hospital.example.org/identifiers/mrn".into(), "POP-000712".into()),
            ("urn:clinosim:identifier:population-slug".into(), "POP-000712".into()),
        ]
    );
    assert_eq!(row.names[0].family.as_deref(), Some("West"));
    assert_eq!(row.names[0].given, ["Christopher"]);
    assert_eq!(row.birth_date.as_deref(), Some("1963-02-24"));
    assert_eq!(row.gender.as_deref(), Some("male"));
    assert_eq!(row.language.as_deref(), Some("en-US"));
    assert!(row.active && !row.deceased && row.replaced_by.is_none());
    assert_eq!(row.telecom.len(), 2);
    assert_eq!(row.telecom[0].system.as_deref(), Some("phone"));
    assert_eq!(row.telecom[0].value.as_deref(), Some("(508) 546-1401"));
    assert_eq!(row.telecom[0].usage.as_deref(), Some("mobile"));
    assert_eq!(row.addresses[0].line, ["75 Winter St, Apt 2"]);
    assert_eq!(row.addresses[0].postal_code.as_deref(), Some("02118"));
    let contact = &row.contacts[0];
    assert_eq!(contact.relationships[0].text.as_deref(), Some("child"));
    assert_eq!(contact.relationships[0].codes[0].1, "C");
    assert_eq!(contact.name.as_ref().unwrap().text.as_deref(), Some("Anita West"));
    assert_eq!(contact.telecom[0].value.as_deref(), Some("(978) 523-3796"));
}

#[test]
fn a_date_of_death_counts_as_deceased() {
    let us = patients_of("us");
    assert_eq!(us.iter().filter(|row| row.deceased).count(), 7);
    assert!(with(r#""deceasedBoolean":true"#).unwrap().deceased);
    assert!(!with(r#""deceasedBoolean":false"#).unwrap().deceased);
}

#[test]
fn no_patient_of_the_bulk_files_has_an_email() {
    let with_phone = |country: &str| {
        let rows = patients_of(country);
        assert!(
            rows.iter()
                .all(|row| { row.telecom.iter().all(|t| t.system.as_deref() == Some("phone")) })
        );
        rows.iter().filter(|row| !row.telecom.is_empty()).count()
    };
    assert_eq!((with_phone("us"), with_phone("jp")), (366, 22));
}

#[test]
fn japanese_patients_have_a_name_in_kanji_and_one_in_kana() {
    for row in patients_of("jp") {
        let scripts: Vec<_> = row.names.iter().map(|name| name.script).collect();
        assert_eq!(scripts, [Some(Script::Ideographic), Some(Script::Syllabic)]);
    }
    let first = patients_of("jp").remove(0);
    assert_eq!(first.names[0].family.as_deref(), Some("中川"));
    assert_eq!(first.names[1].text.as_deref(), Some("ナカガワ ケンタロウ"));
    assert_eq!(first.language.as_deref(), Some("ja-JP"));
}

#[test]
fn synthea_patients_have_emails_prefixes_and_maiden_names() {
    let rows = patients_of("synthea");
    for row in &rows {
        assert!(row.telecom.iter().any(|t| t.system.as_deref() == Some("email")));
        assert_eq!(row.names[0].prefix.len(), 1);
    }
    assert_eq!(rows[0].telecom[1].value.as_deref(), Some("arianna.brekke325@example.com"));
    let maiden = |name: &&Name| name.usage.as_deref() == Some("maiden");
    let maidens = rows.iter().flat_map(|row| row.names.iter().find(maiden));
    assert_eq!(maidens.count(), 2);
    assert_eq!(rows[0].identifiers.len(), 4);
    assert!(rows[0].active);
}

#[test]
fn the_external_id_is_the_token_of_the_record_number_never_the_bare_value() {
    let id =
        |identifiers: &str| with(&format!(r#""identifier":[{identifiers}]"#)).unwrap().external_id;
    let mr = r#""type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]}"#;
    assert_eq!(id(""), "p1");
    assert_eq!(id(r#"{"system":"s","value":"7"}"#), "p1");
    assert_eq!(id(&format!(r#"{{{mr},"system":"s"}}"#)), "p1");
    assert_eq!(
        id(&format!(r#"{{"system":"s","value":"7"}},{{{mr},"system":"s","value":"8"}}"#)),
        "s|8"
    );
    assert_eq!(id(&format!(r#"{{{mr},"value":"7"}}"#)), "|7");
    assert_eq!(id(&format!(r#"{{{mr},"system":"a|b","value":"c"}}"#)), r"a\|b|c");
    assert_eq!(id(&format!(r#"{{{mr},"system":"a","value":"b|c"}}"#)), "a|b|c");
    let other_table = mr.replace("v2-0203", "v2-9999");
    assert_eq!(id(&format!(r#"{{{other_table},"system":"s","value":"7"}}"#)), "p1");
}

#[test]
fn a_record_number_in_use_comes_before_an_old_one() {
    let mr = |usage: &str, value: &str| {
        format!(
            r#"{{"use":"{usage}","system":"s","value":"{value}","type":{{"coding":[
               {{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}}]}}}}"#
        )
        .replace('\n', "")
    };
    let id = |list: String| with(&format!(r#""identifier":[{list}]"#)).unwrap().external_id;
    assert_eq!(id(mr("old", "1") + "," + &mr("usual", "2")), "s|2");
    assert_eq!(id(mr("old", "1")), "s|1");
}

#[test]
fn a_patient_without_anything_is_for_the_floor_above_to_judge() {
    let row = super::patient(r#"{"resourceType":"Patient"}"#).unwrap();
    assert_eq!(row.external_id, "");
    assert!(row.names.is_empty() && row.identifiers.is_empty() && row.telecom.is_empty());
    assert!(row.active && !row.deceased);
}

#[test]
fn null_and_empty_members_count_as_absent() {
    let row = with(
        r#""name":[null,{},{"family":null,"given":["Ada",null,""],"period":null}],"telecom":null,
           "gender":"","birthDate":null,"active":null,"contact":[{"name":{},"telecom":[{}]}]"#
            .replace('\n', "")
            .as_str(),
    )
    .unwrap();
    assert_eq!(row.names.len(), 1);
    assert_eq!(row.names[0].given, ["Ada"]);
    assert!(row.telecom.is_empty() && row.contacts.is_empty());
    assert!(row.gender.is_none() && row.birth_date.is_none() && row.active);
}

#[test]
fn the_preferred_language_comes_first() {
    let language = |list: &str| with(&format!(r#""communication":[{list}]"#)).unwrap().language;
    let de = r#"{"language":{"coding":[{"code":"de"}]}}"#;
    let fr = r#"{"language":{"coding":[{"code":"fr"}]},"preferred":true}"#;
    assert_eq!(language(&format!("{de},{fr}")).as_deref(), Some("fr"));
    assert_eq!(language(de).as_deref(), Some("de"));
    assert_eq!(language(r#"{"preferred":true}"#), None);
}

#[test]
fn a_replaced_and_inactive_patient_says_by_whom() {
    let row = with(
        r#""active":false,"link":[{"other":{"reference":"Patient/0"},"type":"seealso"},{"other":{"reference":"Patient/9"},"type":"replaced-by"}],"generalPractitioner":[{"reference":"Practitioner/1"},{"display":"Dr. Who"}]"#,
    )
    .unwrap();
    assert!(!row.active);
    assert_eq!(row.replaced_by.as_deref(), Some("Patient/9"));
    assert_eq!(row.physician.as_deref(), Some("Dr. Who"));
}

#[test]
fn ends_and_ranks_are_kept_for_the_floor_that_has_a_clock() {
    let row = with(
        r#""name":[{"family":"A","period":{"start":"1990","end":"2001-02-03"}}],"telecom":[{"system":"sms","value":"1","rank":2,"period":{"end":"1999"}}]"#,
    )
    .unwrap();
    assert_eq!(row.names[0].ended.as_deref(), Some("2001-02-03"));
    assert_eq!(row.telecom[0].rank, Some(2));
    assert_eq!(row.telecom[0].ended.as_deref(), Some("1999"));
}

#[test]
fn debug_shows_nothing_of_the_person() {
    for country in FILES {
        for row in patients_of(country) {
            assert_eq!(format!("{row:?}"), "PatientRow { .. }");
            assert_eq!(format!("{:?}", row.names[0]), "Name { .. }");
        }
    }
}
