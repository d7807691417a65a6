//! Notices of the product's own kinds.

use crate::commands::plant::{client, happenings, seat};
use crate::support::{practice, refused, store};
use admit::commands::outbox::Claim;
use admit::commands::post::{FactName, PostNotice, Told};
use admit::domain::actor::Actor;
use admit::domain::message::{Kind, OwnKind};
use admit::domain::refusal::Refusal;
use admit::domain::script::{Script, ScriptName};
use admit::domain::staff::Role;
use admit::domain::text::{Paragraph, Reason};
use admit::error::Error;

fn diary(told: Told) -> PostNotice {
    let fact = (FactName::parse("day").unwrap(), Paragraph::parse("Monday").unwrap());
    PostNotice { kind: OwnKind::parse("x_diary_due").unwrap(), told, facts: vec![fact] }
}

#[test]
fn a_products_own_notice_is_worded_by_its_script_from_its_own_facts() {
    let (admit, _) = store();
    let host = practice(&admit);
    let source = "return { notification = function(notice)
        local link = notice.link and (' ' .. notice.link) or ''
        return { subject = notice.kind, text = (notice.own.day or 'none') .. link }
      end }";
    let name = ScriptName::parse("notices.lua").unwrap();
    let scripts = vec![Script { name, source: source.to_owned() }];
    admit.install_scripts(&Actor::store_host(), scripts, None).unwrap();
    let lucia = client(&admit, &host, "Lucia", "Garcia");
    let id = admit.run(&host, diary(Told::Client(lucia)), None).unwrap();
    let message = admit.claim(Claim::default()).unwrap().remove(0);
    assert_eq!((message.id, message.kind), (id, Kind::Own(OwnKind::parse("x_diary_due").unwrap())));
    assert_eq!((message.subject.as_str(), message.text.as_str()), ("x_diary_due", "Monday"));
    assert!(happenings(&admit, &host).contains(&"notice.posted"));
}

#[test]
fn without_a_script_it_says_that_there_is_news() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (nora, _) = seat(&admit, &host, Role::Practitioner);
    admit.run(&host, diary(Told::Staff(nora)), None).unwrap();
    let message = admit.claim(Claim::default()).unwrap().remove(0);
    assert!(message.subject.starts_with("There is news for you at "), "{}", message.subject);
    assert!(!message.text.contains("Monday"));
}

#[test]
fn who_has_no_address_or_is_not_theirs_is_not_told() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (_, nora) = seat(&admit, &host, Role::Practitioner);
    let lucia = client(&admit, &host, "Lucia", "Garcia");
    let create = crate::commands::plant::create("Teo", "Garcia", None);
    let teo = admit.run(&host, create, None).unwrap();
    assert_eq!(refused(admit.run(&host, diary(Told::Client(teo)), None)), Refusal::NotReachable);
    assert_eq!(refused(admit.run(&nora, diary(Told::Client(lucia)), None)), Refusal::NotPermitted);
    let own = admit.run(
        &nora,
        crate::commands::plant::create("Ana", "Lima", Some("ana@example.org")),
        None,
    );
    admit.run(&nora, diary(Told::Client(own.unwrap())), None).unwrap();
}

#[test]
fn staff_tell_one_recipient_five_times_a_day_and_the_host_at_will() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let (_, admin) = seat(&admit, &host, Role::Admin);
    let lucia = client(&admit, &host, "Lucia", "Garcia");
    for _ in 0..5 {
        admit.run(&admin, diary(Told::Client(lucia)), None).unwrap();
    }
    let sixth = refused(admit.run(&admin, diary(Told::Client(lucia)), None));
    assert!(matches!(sixth, Refusal::TooManyMessages { .. }));
    for _ in 0..20 {
        admit.run(&host, diary(Told::Client(lucia)), None).unwrap();
    }
    let invite = crate::commands::post::to_client(lucia);
    let counted = refused(admit.run(&admin, invite, None));
    assert!(
        matches!(counted, Refusal::TooManyMessages { .. }),
        "invitations are counted with them"
    );
    clock.forward(admit::domain::time::DAY);
    admit.run(&admin, diary(Told::Client(lucia)), None).unwrap();
}

#[test]
fn a_kind_begins_with_x_and_facts_are_few() {
    for wrong in
        ["", "x_", "diary", "x_Diary", "x_diary-due", "x_\u{e4}", &format!("x_{}", "a".repeat(31))]
    {
        assert_eq!(OwnKind::parse(wrong), Err(Reason::NotAKind), "{wrong}");
    }
    let longest = format!("x_{}", "a".repeat(30));
    assert_eq!(OwnKind::parse(&longest).unwrap().as_str(), longest);
    let (admit, _) = store();
    let host = practice(&admit);
    let lucia = client(&admit, &host, "Lucia", "Garcia");
    let mut many = diary(Told::Client(lucia));
    many.facts = vec![many.facts[0].clone(); 17];
    let answer = admit.run(&host, many, None);
    assert!(matches!(answer, Err(Error::Invalid(invalid)) if invalid.field == "facts"));
}
