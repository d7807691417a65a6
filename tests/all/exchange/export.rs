//! Patients out, and in again.

use super::{FILES, patient, patients_of, with};
use admit::exchange::fhir::export;
use serde_json::Value;

#[test]
fn every_patient_of_the_three_files_comes_back_as_it_went() {
    for country in FILES {
        for row in patients_of(country) {
            assert!(patient(&export(&row, "c-1")).unwrap() == row);
        }
    }
}

#[test]
fn every_member_comes_back_as_it_went() {
    let row = with(
        r#""active":false,"deceasedDateTime":"2020","gender":"other","birthDate":"1990-02","identifier":[{"value":"7"},{"system":"s","value":"8"}],"name":[{"use":"old","text":"T","family":"F","given":["A","B"],"prefix":["Dr."],"suffix":["Jr."],"period":{"end":"2001"},"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation","valueCode":"ABC"}]}],"telecom":[{"system":"email","value":"a@example.org","use":"work","rank":1,"period":{"end":"2030"}}],"address":[{"use":"home","text":"x","line":["1","2"],"city":"c","district":"d","state":"s","postalCode":"p","country":"n"}],"communication":[{"language":{"coding":[{"code":"de"}]}}],"contact":[{"relationship":[{"coding":[{"code":"N"},{"system":"s","code":"C","display":"Mother"}]}],"name":{"family":"M"},"telecom":[{"system":"phone","value":"1"}]}],"link":[{"other":{"reference":"Patient/9"},"type":"replaced-by"}],"generalPractitioner":[{"display":"Dr. Who"}]"#,
    )
    .unwrap();
    assert_eq!(row.contacts[0].relationships[0].text.as_deref(), Some("Mother"));
    assert!(patient(&export(&row, "p1")).unwrap() == row);
}

#[test]
fn an_external_id_without_a_record_number_travels_as_the_id() {
    let row = with(r#""identifier":[{"system":"s","value":"7"}]"#).unwrap();
    let out: Value = serde_json::from_str(&export(&row, &row.external_id)).unwrap();
    assert_eq!(out["id"], "p1");
    assert_eq!(out["identifier"][0].get("type"), None);
}

#[test]
fn the_external_id_s_identifier_alone_is_the_record_number() {
    for row in patients_of("synthea") {
        let out: Value = serde_json::from_str(&export(&row, "c-1")).unwrap();
        let numbers: Vec<&Value> = out["identifier"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|identifier| identifier.get("type").is_some())
            .collect();
        assert_eq!(numbers.len(), 1);
        assert_eq!(numbers[0]["type"]["coding"][0]["code"], "MR");
        assert_eq!(numbers[0]["system"], "http://hospital.smarthealthit.org");
    }
}

#[test]
fn nothing_empty_goes_out() {
    fn has_empty(value: &Value) -> bool {
        match value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(values) => values.is_empty() || values.iter().any(has_empty),
            Value::Object(members) => members.is_empty() || members.values().any(has_empty),
            Value::Bool(_) | Value::Number(_) => false,
        }
    }
    let bare = patient(r#"{"resourceType":"Patient"}"#).unwrap();
    let rows = FILES.iter().flat_map(|country| patients_of(country));
    for row in rows.chain([bare]) {
        let text = export(&row, "c-1");
        assert!(!text.contains('\n'));
        let out: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(out["resourceType"], "Patient");
        assert!(!has_empty(&out));
    }
}
