//! Patients in one document: a Bundle, or one patient laid out over many lines.

use super::{FILES, file, outcomes, patients, patients_of};
use admit::exchange::RowErrorKind::{
    NotAPatient, NotAnObject, NotJson, TooDeep, TooLarge, WrongType,
};
use admit::exchange::ndjson::ROW_BYTES_MAX;
use serde_json::{Value, json};

fn values(country: &str) -> Vec<Value> {
    let text = String::from_utf8(file(country)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn bundle(country: &str) -> Value {
    let entries: Vec<_> = values(country)
        .into_iter()
        .map(|patient| json!({ "fullUrl": "urn:x", "resource": patient }))
        .collect();
    json!({ "resourceType": "Bundle", "type": "collection", "entry": entries })
}

#[test]
fn a_bundle_gives_the_same_patients_on_one_line_or_many() {
    for country in FILES {
        let expected = patients_of(country);
        let bundle = bundle(country);
        for text in [bundle.to_string(), format!("\u{feff}\n{bundle:#}\n")] {
            let rows = patients(text);
            assert_eq!(rows.last().unwrap().line, expected.len() as u64);
            let found: Vec<_> = rows.into_iter().map(|row| row.result.unwrap()).collect();
            assert!(found == expected);
        }
    }
}

#[test]
fn one_patient_over_many_lines_is_one_row() {
    for (value, expected) in values("jp").into_iter().zip(patients_of("jp")) {
        let mut rows = patients(format!("\n{value:#}\n"));
        assert_eq!(rows.len(), 1);
        let row = rows.remove(0);
        assert_eq!(row.line, 2);
        assert!(row.result.unwrap() == expected);
    }
}

#[test]
fn a_bad_entry_does_not_stop_the_rest() {
    let good = r#"{"resource":{"resourceType":"Patient","id":"p1"}}"#;
    let large = format!(
        r#"{{"resource":{{"resourceType":"Patient","id":"{}"}}}}"#,
        "x".repeat(ROW_BYTES_MAX)
    );
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let list = [
        good,
        r#"{"resource":{"resourceType":"Practitioner","name":"x"}}"#,
        r#"{"request":{"method":"DELETE"}}"#,
        r#"{"resource":null}"#,
        "17",
        "-1.5e3",
        "null",
        r#"["]",","]"#,
        r#"{"resource":{"resourceType":"Patient","name":"x"}}"#,
        large.as_str(),
        deep.as_str(),
        good,
    ]
    .join(" ,\n ");
    let kinds = [
        None,
        Some(NotAPatient),
        Some(NotAPatient),
        Some(NotAPatient),
        Some(NotAnObject),
        Some(NotAnObject),
        Some(NotAnObject),
        Some(NotAnObject),
        Some(WrongType),
        Some(TooLarge),
        Some(TooDeep),
        None,
    ];
    let expected: Vec<_> = (1..).zip(kinds).collect();
    for input in [
        format!(r#"{{"resourceType":"Bundle","entry":[{list}]}}"#),
        format!("{{\n\"entry\": [ {list} ],\n\"resourceType\": \"Bundle\"\n}}"),
    ] {
        assert_eq!(outcomes(patients(input)), expected);
    }
}

#[test]
fn an_empty_bundle_has_no_rows() {
    for entry in ["", r#","entry":[]"#, r#","entry":[ ]"#, r#","entry":null"#] {
        let input = format!(r#"{{"resourceType":"Bundle"{entry}}}"#);
        assert_eq!(outcomes(patients(&input)), [], "{input}");
    }
}

#[test]
fn a_broken_document_is_one_refusal() {
    let pretty = format!("{:#}", bundle("us"));
    assert_eq!(outcomes(patients(&pretty[..500])), [(1, Some(NotJson))]);
    assert_eq!(outcomes(patients(&pretty[..pretty.len() - 2])), [(1, Some(TooLarge))]);
    let short = bundle("synthea").to_string();
    assert_eq!(outcomes(patients(&short[..short.len() - 1])), [(1, Some(NotJson))]);
    let no_list = r#"{"resourceType":"Bundle","entry":{}}"#;
    assert_eq!(outcomes(patients(no_list)), [(1, Some(NotAPatient))]);
}

#[test]
fn a_lone_brace_on_the_first_line_does_not_swallow_the_patients_below() {
    let input = [b"{\n", file("jp").as_slice()].concat();
    let rows = outcomes(patients(input));
    assert_eq!(rows.len(), 26);
    assert_eq!(rows[0], (1, Some(NotJson)));
    assert!(rows[1..].iter().all(|(_, error)| error.is_none()));
}

#[test]
fn bundles_one_a_line_are_no_patients() {
    let line = bundle("synthea").to_string();
    let rows = outcomes(patients(format!("{line}\n{line}")));
    assert_eq!(rows, [(1, Some(NotAPatient)), (2, Some(NotAPatient))]);
}
