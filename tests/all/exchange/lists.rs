//! Lists of staff and rooms.

use super::outcomes;
use admit::exchange::RowErrorKind::{
    MissingMember, NotAnObject, NotJson, RepeatedMember, UnknownMember, WrongType,
};
use admit::exchange::{grant, login, proxy, room, staff};

#[test]
fn a_seat_is_read_whole() {
    let input = r#"{"external_id":"s1","name":"Dr. Ada Byron","given_name":"Ada","family_name":"Byron","email":"ada@example.org","phone":"+1 555 0100","role":"practitioner","locale":"en-US","zone":"America/New_York","approved":true}"#;
    let mut rows: Vec<_> = staff::rows(input.as_bytes()).collect();
    let row = rows.remove(0).result.unwrap();
    assert!(rows.is_empty());
    assert_eq!(row.external_id.as_deref(), Some("s1"));
    assert_eq!(row.name.as_deref(), Some("Dr. Ada Byron"));
    assert_eq!(row.given_name.as_deref(), Some("Ada"));
    assert_eq!(row.family_name.as_deref(), Some("Byron"));
    assert_eq!(row.email.as_deref(), Some("ada@example.org"));
    assert_eq!(row.phone.as_deref(), Some("+1 555 0100"));
    assert_eq!(row.role.as_deref(), Some("practitioner"));
    assert_eq!(row.locale.as_deref(), Some("en-US"));
    assert_eq!(row.zone.as_deref(), Some("America/New_York"));
    assert_eq!(row.approved, Some(true));
    assert_eq!(format!("{row:?}"), "StaffRow { .. }");
}

#[test]
fn absent_and_null_members_of_a_seat_are_none() {
    let rows: Vec<_> = staff::rows(b"{}\n{\"email\":null,\"approved\":null}").collect();
    assert_eq!(rows.len(), 2);
    for row in rows {
        let row = row.result.unwrap();
        assert!(row.email.is_none() && row.approved.is_none() && row.name.is_none());
    }
}

#[test]
fn a_misspelt_member_is_refused_without_repeating_it() {
    let input = "{\"emial\":\"ada@example.org\"}\r\n{}\r\n{\"approved\":\"yes\"}\r\n[]\r\n{\"name\":\"a\",\"name\":\"b\"}\r\n{";
    assert_eq!(
        outcomes(staff::rows(input.as_bytes())),
        [
            (1, Some(UnknownMember)),
            (2, None),
            (3, Some(WrongType)),
            (4, Some(NotAnObject)),
            (5, Some(RepeatedMember)),
            (6, Some(NotJson)),
        ]
    );
    let error = staff::rows(input.as_bytes()).next().unwrap().result.unwrap_err();
    assert_eq!(error.at, None);
    assert!(!format!("{error} {error:?}").contains("emial"));
}

#[test]
fn a_room_has_a_name() {
    let input = "{\"external_id\":\"r1\",\"name\":\"Room 1\"}\n{\"name\":\"Room 2\"}\n{\"external_id\":\"r3\"}\n{\"name\":null}\n{\"name\":\"x\",\"floor\":1}";
    assert_eq!(
        outcomes(room::rows(input.as_bytes())),
        [
            (1, None),
            (2, None),
            (3, Some(MissingMember)),
            (4, Some(WrongType)),
            (5, Some(UnknownMember)),
        ]
    );
    let row = room::rows(input.as_bytes()).next().unwrap().result.unwrap();
    assert_eq!((row.external_id.as_deref(), row.name.as_str()), (Some("r1"), "Room 1"));
    assert_eq!(format!("{row:?}"), "RoomRow { .. }");
}

#[test]
fn a_login_is_read_whole() {
    let input = r#"{"staff":"s1","client":"c1","clients":["c2","c3"],"username":"ada","email":"ada@example.org","email_verified":true,"holder":"Ada","phone":"+1 555 0100","locale":"en","zone":"Europe/Paris","status":"active","created_at":1,"activated_at":2,"last_sign_in":3,"must_change":false,"hash":"$2b$","identities":[{"issuer":"i","subject":"s"}]}"#;
    let row = login::rows(input.as_bytes()).next().unwrap().result.unwrap();
    assert_eq!((row.staff.as_deref(), row.client.as_deref()), (Some("s1"), Some("c1")));
    assert_eq!(row.clients.as_deref().unwrap(), ["c2", "c3"]);
    assert_eq!((row.username.as_deref(), row.email_verified), (Some("ada"), Some(true)));
    assert_eq!((row.created_at, row.activated_at, row.last_sign_in), (Some(1), Some(2), Some(3)));
    assert_eq!((row.must_change, row.hash.as_deref()), (Some(false), Some("$2b$")));
    let identity = &row.identities.as_deref().unwrap()[0];
    assert_eq!((identity.issuer.as_str(), identity.subject.as_str()), ("i", "s"));
    assert_eq!(format!("{row:?} {identity:?}"), "LoginRow { .. } IdentityRow { .. }");
}

#[test]
fn members_of_logins_proxies_and_grants_are_held_to_their_types() {
    let input = "{}\n{\"pasword\":\"x\"}\n{\"created_at\":\"2020-01-01\"}\n{\"identities\":[[\"i\",\"s\"]]}\n{\"identities\":[{\"issuer\":\"i\"}]}\n{\"identities\":[{\"issuer\":\"i\",\"subject\":\"s\",\"x\":1}]}\n{\"hash\":\"a\",\"hash\":\"b\"}\n{\"clients\":\"c1\"}\n{\"created_at\":1.5}";
    assert_eq!(
        outcomes(login::rows(input.as_bytes())),
        [
            (1, None),
            (2, Some(UnknownMember)),
            (3, Some(WrongType)),
            (4, Some(WrongType)),
            (5, Some(MissingMember)),
            (6, Some(UnknownMember)),
            (7, Some(RepeatedMember)),
            (8, Some(WrongType)),
            (9, Some(WrongType)),
        ]
    );
    let wrong = login::rows(b"{\"identities\":[{\"issuer\":\"i\",\"subject\":7}]}").next().unwrap();
    assert_eq!(wrong.result.unwrap_err().at.as_deref(), Some("identities[0].subject"));
    let input = "{\"client\":\"c1\",\"username\":\"ada\"}\n{\"username\":\"ada\"}\n{\"client\":\"c1\",\"until\":1}";
    let expected = [(1, None), (2, Some(MissingMember)), (3, Some(UnknownMember))];
    assert_eq!(outcomes(proxy::rows(input.as_bytes())), expected);
    let input = "{\"client\":\"c1\",\"staff\":\"s1\"}\n{\"staff\":\"s1\"}\n{\"client\":\"c1\",\"scope\":[]}";
    assert_eq!(outcomes(grant::rows(input.as_bytes())), expected);
}
