//! Bad rows: each is refused for itself, and says nothing of the person.

use super::{file, outcomes, patients, with};
use admit::exchange::RowErrorKind::{
    self, NotAPatient, NotAnObject, NotJson, NotUtf8, RepeatedMember, TooDeep, TooLarge, WrongType,
};
use admit::exchange::ndjson::{DEPTH_MAX, ROW_BYTES_MAX};

const GOOD: &str = r#"{"resourceType":"Patient","id":"p1"}"#;

/// Puts a bad line between two good ones; gives what became of it.
fn between(bad: &[u8]) -> Option<RowErrorKind> {
    let input = [GOOD.as_bytes(), b"\n", bad, b"\n", GOOD.as_bytes()].concat();
    let found = outcomes(patients(input));
    assert_eq!(found.len(), 3);
    assert_eq!((found[0], found[2]), ((1, None), (3, None)));
    found[1].1
}

#[test]
fn a_bad_line_does_not_stop_the_rest() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let deep_member = format!(r#"{{"resourceType":"Patient","x":{}}}"#, nested(10_000));
    let cases: [(&[u8], RowErrorKind); 15] = [
        (b"{", NotJson),
        (br#"{"resourceType":"Patient","id":"#, NotJson),
        (br#"{"resourceType":"Patient"} {"#, NotJson),
        (br#"{"resourceType":"Patient","id":"\ud800"}"#, NotJson),
        (b"{\"resourceType\":\"Patient\",\"id\":\"a\0b\"}", NotJson),
        (b"\0\0\0\0", NotJson),
        (b"\x89PNG\r\x1a\x00\xff\xfe", NotUtf8),
        (b"{\"resourceType\":\"Patient\",\"id\":\"\xe9\"}", NotUtf8),
        (br#"{"resourceType":"Patient","id":"1","id":"2"}"#, RepeatedMember),
        (br#"{"resourceType":"Patient","resourceType":"Patient"}"#, RepeatedMember),
        (br#"["Patient"]"#, NotAnObject),
        (b"null", NotAnObject),
        (br#"{"resourceType":"Organization","name":"Clinic"}"#, NotAPatient),
        (br#"{"id":"p1"}"#, NotAPatient),
        (deep_member.as_bytes(), TooDeep),
    ];
    for (bad, kind) in cases {
        assert_eq!(
            between(bad),
            Some(kind),
            "{}",
            String::from_utf8_lossy(&bad[..bad.len().min(60)])
        );
    }
    assert_eq!(between("[".repeat(10_000).as_bytes()), Some(TooDeep));
    assert_eq!(between("{\"a\":".repeat(10_000).as_bytes()), Some(TooDeep));
}

#[test]
fn every_truncation_of_a_real_line_is_refused_and_no_other() {
    let line = file("jp").split(|byte| *byte == b'\n').next().unwrap().to_vec();
    for cut in 1..line.len() {
        assert!(matches!(between(&line[..cut]), Some(NotJson | NotUtf8)), "cut at {cut}");
    }
    assert_eq!(between(&line), None);
}

#[test]
fn a_line_of_fifty_megabytes_is_passed_over() {
    assert_eq!(between(&vec![b'x'; 50 << 20]), Some(TooLarge));
    let mut large = br#"{"resourceType":"Patient","id":""#.to_vec();
    large.resize(50 << 20, b'x');
    large.extend(b"\"}\n");
    large.extend(GOOD.as_bytes());
    assert_eq!(outcomes(patients(large)), [(1, Some(TooLarge)), (2, None)]);
}

#[test]
fn the_limits_of_size_and_depth_are_exact() {
    let sized = |size: usize| {
        let frame = r#"{"resourceType":"Patient","x":""}"#.len();
        format!(r#"{{"resourceType":"Patient","x":"{}"}}"#, "y".repeat(size - frame))
    };
    assert_eq!(between(sized(ROW_BYTES_MAX).as_bytes()), None);
    assert_eq!(between(sized(ROW_BYTES_MAX + 1).as_bytes()), Some(TooLarge));
    let nested = |depth: usize| {
        let inner = depth - 1;
        format!(r#"{{"resourceType":"Patient","x":{}1{}}}"#, "[".repeat(inner), "]".repeat(inner))
    };
    assert_eq!(between(nested(DEPTH_MAX).as_bytes()), None);
    assert_eq!(between(nested(DEPTH_MAX + 1).as_bytes()), Some(TooDeep));
    let brackets_in_text = format!(r#"{{"resourceType":"Patient","id":"\"{}"}}"#, "[".repeat(500));
    assert_eq!(between(brackets_in_text.as_bytes()), None);
}

#[test]
fn a_wrong_type_names_its_member_and_never_its_value() {
    let cases = [
        (r#""name":[{"family":"A"},{"family":4711}]"#, "name[1].family"),
        (r#""name":{"family":"Secret"}"#, "name"),
        (r#""name":"Secret""#, "name"),
        (r#""name":[["official","Secret"]]"#, "name[0]"),
        (r#""name":[{"given":"Secret"}]"#, "name[0].given"),
        (r#""name":[{"given":["A",{"Secret":1}]}]"#, "name[0].given[1]"),
        (r#""name":[{"period":["Secret"]}]"#, "name[0].period"),
        (r#""telecom":[{"rank":"Secret"}]"#, "telecom[0].rank"),
        (r#""telecom":[{"rank":-4711}]"#, "telecom[0].rank"),
        (r#""active":"Secret""#, "active"),
        (r#""birthDate":4711"#, "birthDate"),
        (r#""identifier":[{"type":"Secret"}]"#, "identifier[0].type"),
        (r#""communication":[{"language":"Secret"}]"#, "communication[0].language"),
        (r#""contact":[{"telecom":[{"value":["Secret"]}]}]"#, "contact[0].telecom[0].value"),
        (r#""link":[{"other":"Secret"}]"#, "link[0].other"),
    ];
    for (members, at) in cases {
        let error = with(members).unwrap_err();
        assert_eq!((error.kind, error.at.as_deref()), (WrongType, Some(at)));
        let words = format!("{error} {error:?}");
        assert!(words.contains(at) && !words.contains("Secret") && !words.contains("4711"));
    }
    let twice = with(r#""name":[{"family":"Secret","family":"Secret"}]"#).unwrap_err();
    assert_eq!((twice.kind, twice.at.as_deref()), (RepeatedMember, Some("name[0]")));
}

#[test]
fn line_ends_marks_and_blank_lines_are_taken_as_they_come() {
    let good = |lines: &[u64]| lines.iter().map(|line| (*line, None)).collect::<Vec<_>>();
    let cases: [(String, &[u64]); 8] = [
        (String::new(), &[]),
        ("\n \r\n\n".into(), &[]),
        ("\u{feff}".into(), &[]),
        (GOOD.into(), &[1]),
        (format!("{GOOD}\n"), &[1]),
        (format!("\u{feff}{GOOD}\r\n{GOOD}\r\n"), &[1, 2]),
        (format!("\n\n{GOOD}\n\t\n {GOOD}  \n\n"), &[3, 5]),
        (format!("\n\n{GOOD}"), &[3]),
    ];
    for (input, lines) in cases {
        assert_eq!(outcomes(patients(&input)), good(lines), "{input:?}");
    }
    let mark_inside = format!("{GOOD}\n\u{feff}{GOOD}");
    assert_eq!(outcomes(patients(mark_inside)), [(1, None), (2, Some(NotJson))]);
}
