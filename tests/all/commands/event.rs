use super::plant::{acting, client, happenings, reasoned, seat};
use crate::support::{line, practice, refused, store};
use admit::commands::Admit;
use admit::commands::client::{ProfileChange, UpdateClient};
use admit::commands::event::EventFilter;
use admit::commands::grant::GiveGrant;
use admit::commands::staff::ChangeRole;
use admit::domain::actor::{Actor, Who};
use admit::domain::event::{Event, Happening};
use admit::domain::grant::Grantee;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::time::{HOUR, Timestamp};
use admit::records::codec;
use admit::records::head::Change;
use admit::store::Keyspace;

type Edit = fn(&mut Event);

/// Edits one event of the practice's chain behind the library's back.
fn edit(admit: &Admit, host: &Actor, seq: u64, change: Edit) {
    let key = [super::plant::practice_of(host).bytes().as_slice(), &seq.to_be_bytes()].concat();
    let edit = move |write: &mut dyn admit::store::Write| {
        let mut event: Event = codec::load(write, &key)?.unwrap();
        change(&mut event);
        codec::save(write, &key, &event)
    };
    admit.store().write(edit).unwrap();
}

#[test]
fn a_whole_chain_verifies_and_without_an_anchor_its_tail_is_not_vouched_for() {
    let (admit, _) = store();
    let host = practice(&admit);
    client(&admit, &host, "Ada", "Ash");
    let verified = admit.verify(&host, None).unwrap();
    assert_eq!((verified.entries, verified.broken_at), (2, None));
    assert_eq!(verified.tail_unanchored_since, Some(1));
    assert!(!verified.is_ok());
    let anchor = Some((verified.entries, verified.hash));
    assert!(admit.verify(&host, anchor).unwrap().is_ok());
    client(&admit, &host, "Bo", "Birch");
    let verified = admit.verify(&host, anchor).unwrap();
    assert_eq!((verified.broken_at, verified.tail_unanchored_since), (None, Some(3)));
    let store = admit.verify_store(None).unwrap();
    assert_eq!((store.entries, store.broken_at), (3, None));
    assert!(admit.verify_store(Some((3, store.hash))).unwrap().is_ok());
}

#[test]
fn an_edited_removed_or_cut_off_entry_is_found() {
    let edits: [(Edit, u64); 4] = [
        (|event| event.count = 7, 2),
        (|event| event.happening = Happening::ClientUpdated, 2),
        (|event| event.at = Timestamp::from_millis(1), 3),
        (|event| event.hash = [1; 32], 1),
    ];
    for (change, seq) in edits {
        let (admit, _) = store();
        let host = practice(&admit);
        client(&admit, &host, "Ada", "Ash");
        client(&admit, &host, "Bo", "Birch");
        edit(&admit, &host, seq, change);
        assert_eq!(admit.verify(&host, None).unwrap().broken_at, Some(seq));
        assert_eq!(admit.verify_store(None).unwrap().broken_at, Some(seq));
    }
    for (seq, broken_at) in [(2_u64, 2), (3, 3)] {
        let (admit, _) = store();
        let host = practice(&admit);
        client(&admit, &host, "Ada", "Ash");
        client(&admit, &host, "Bo", "Birch");
        let anchor = admit.verify(&host, None).unwrap();
        let practice = super::plant::practice_of(&host);
        let key = [practice.bytes().as_slice(), &seq.to_be_bytes()].concat();
        admit.store().write(move |write| write.delete(Keyspace("event"), &key)).unwrap();
        assert_eq!(admit.verify(&host, None).unwrap().broken_at, Some(broken_at));
        let anchor = Some((anchor.entries, anchor.hash));
        assert_eq!(admit.verify(&host, anchor).unwrap().broken_at, Some(broken_at));
        assert_eq!(admit.verify_store(None).unwrap().broken_at, Some(broken_at));
    }
}

#[test]
fn a_chain_written_anew_is_found_by_the_anchor_and_by_the_heads_seal() {
    let (admit, _) = store();
    let host = practice(&admit);
    client(&admit, &host, "Ada", "Ash");
    let anchor = Some((2, [9; 32]));
    assert_eq!(admit.verify(&host, anchor).unwrap().broken_at, Some(2));
    assert_eq!(admit.verify(&host, Some((5, [9; 32]))).unwrap().broken_at, Some(3));
    let reseal = |write: &mut dyn admit::store::Write| {
        let mut head = admit::records::head::load(write)?;
        head.mac = [1; 32];
        admit::records::head::save(write, &head)
    };
    admit.store().write(reseal).unwrap();
    assert_eq!(admit.verify_store(None).unwrap().broken_at, Some(2));
    let (admit, _) = store();
    practice(&admit);
    let retell = |write: &mut dyn admit::store::Write| {
        let mut change: Change = codec::load(write, &1_u64.to_be_bytes())?.unwrap();
        change.happening = Happening::PracticeSuspended;
        codec::save(write, &1_u64.to_be_bytes(), &change)
    };
    admit.store().write(retell).unwrap();
    assert_eq!(admit.verify_store(None).unwrap().broken_at, Some(1));
}

#[test]
fn s65_the_trail_pages_newest_first_and_filters_combine() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let (staff, own) = seat(&admit, &host, Role::Practitioner);
    let ada = client(&admit, &own, "Ada", "Ash");
    clock.forward(HOUR);
    let middle = Timestamp::from_millis(clock.millis());
    for _ in 0..3 {
        let change = ProfileChange::default();
        admit.run(&own, UpdateClient { client: ada, change, revision: 0 }, None).unwrap();
    }
    clock.forward(HOUR);
    client(&admit, &host, "Bo", "Birch");
    let seqs = |filter, after: Option<&str>, limit| {
        let page = admit.events(&host, filter, after, limit).unwrap();
        (page.items.iter().map(|entry| entry.seq).collect::<Vec<_>>(), page.next)
    };
    let all = EventFilter::default();
    let (first, next) = seqs(all, None, 4);
    let (rest, end) = seqs(all, next.as_deref(), 4);
    assert_eq!([first, rest].concat(), [7, 6, 5, 4, 3, 2, 1]);
    assert_eq!(end, None);
    let about = EventFilter { subject: Some(ada.into()), ..all };
    assert_eq!(seqs(about, None, 10).0, [6, 5, 4, 3]);
    let made = EventFilter { happening: Some(Happening::ClientCreated), ..about };
    assert_eq!(seqs(made, None, 10).0, [3]);
    let by = EventFilter { who: Some(Who::Staff(staff)), ..all };
    assert_eq!(seqs(by, None, 10).0, [6, 5, 4, 3]);
    let from = EventFilter { from: Some(middle), ..by };
    assert_eq!(seqs(from, None, 10).0, [6, 5, 4]);
    let until = EventFilter { until: Some(middle), ..all };
    assert_eq!(seqs(until, None, 10).0, [3, 2, 1]);
    let (first, next) = seqs(about, None, 2);
    let (rest, _) = seqs(about, next.as_deref(), 2);
    assert_eq!([first, rest].concat(), [6, 5, 4, 3]);
    for wrong in ["%", "AAAA"] {
        assert!(admit.events(&host, all, Some(wrong), 1).is_err());
    }
}

#[test]
fn the_source_and_what_is_personal_are_unsealed_for_those_who_may_read() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (staff, own) = seat(&admit, &host, Role::Practitioner);
    let ada = client(&admit, &host, "Ada", "Ash");
    let reason = Some(line("second opinion"));
    let (grantee, scopes) = (Grantee::Staff(staff), Vec::new());
    let give = GiveGrant { client: ada, grantee, scopes, reason, ends_at: None };
    admit.run(&host, give, None).unwrap();
    let change = ChangeRole { staff, role: Role::Assistant, revision: 0 };
    admit.run(&reasoned(&host), change, None).unwrap();
    let page = admit.events(&host, EventFilter::default(), None, 2).unwrap();
    let source = page.items[0].source.as_ref().unwrap().parts.as_ref().unwrap();
    assert_eq!(source["reason"], "asked by phone");
    let personal = &page.items[1].personal[0];
    assert_eq!(personal.person, ada.uuid());
    assert_eq!(personal.parts.as_ref().unwrap()["reason"], "second opinion");
    assert!(!format!("{page:?}").contains("opinion"));
    let key = ada.bytes().to_vec();
    admit.store().write(move |write| write.delete(Keyspace("person_key"), &key)).unwrap();
    let page = admit.events(&host, EventFilter::default(), None, 2).unwrap();
    assert_eq!(page.items[1].personal[0].parts, None);
    assert_eq!(admit.verify(&host, None).unwrap().broken_at, None);
    for actor in [own, acting(&host, Who::Visitor)] {
        let closed = admit.events(&actor, EventFilter::default(), None, 1);
        assert_eq!(refused(closed.map(|_| ())), Refusal::NotPermitted);
        assert_eq!(refused(admit.verify(&actor, None)), Refusal::NotPermitted);
    }
}

#[test]
fn the_change_list_is_one_order_across_practices() {
    let (admit, _) = store();
    let (one, other) = (practice(&admit), practice(&admit));
    let ada = client(&admit, &one, "Ada", "Ash");
    client(&admit, &other, "Bo", "Birch");
    let all = admit.change_list(0, 10).unwrap();
    let words: Vec<_> = all.iter().map(|change| change.happening.word()).collect();
    let created = "client.created";
    assert_eq!(words, ["practice.created", "practice.created", created, created]);
    assert_eq!((all[2].object, all[2].seq, all[2].place), (ada.into(), 2, 3));
    let rest = admit.change_list(2, 1).unwrap();
    assert_eq!(rest, all[2..3]);
    assert_eq!(admit.change_list(4, 10).unwrap(), []);
    assert_eq!(admit.change_list(u64::MAX, 10).unwrap(), []);
}

#[test]
fn stats_count_every_noun() {
    let (admit, _) = store();
    let host = practice(&admit);
    client(&admit, &host, "Ada", "Ash");
    seat(&admit, &host, Role::Admin);
    let stats = admit.stats().unwrap();
    assert_eq!((stats.practices.rows, stats.clients.rows, stats.staff.rows), (1, 1, 1));
    assert!(stats.clients.is_exact);
    assert_eq!((stats.events, stats.messages_due.rows, stats.oldest_due), (3, 0, None));
    assert!(stats.commits >= 3 && !stats.writes_stopped);
    assert_eq!(happenings(&admit, &host).len(), 3);
}
