//! Items: told of, told about, counted for good, and gone with their client.

use super::deletion::{codes, delete, facts, planned, policy, to_erase};
use super::plant::{
    acting, add_staff, client, client_with_login, create, happenings, login, messages, plant, seat,
    tie,
};
use super::post::keyspaces_with;
use crate::support::{line, practice, refused, store};
use admit::commands::Admit;
use admit::commands::client::SetClientStatus;
use admit::commands::deletion::{Confirmed, FinishDeletion, PlanDeletion};
use admit::commands::grant::GiveGrant;
use admit::commands::item::{ItemFilter, PutItem, RemoveItem, SetItemStatus};
use admit::commands::outbox::Claim;
use admit::commands::room::{AssignRoom, CreateRoom, Member};
use admit::domain::actor::{Actor, Who};
use admit::domain::client::Status;
use admit::domain::grant::Grantee;
use admit::domain::id::{ClientId, ItemId, Noun, StaffId};
use admit::domain::item::{ITEMS_MAX, Item, KINDS_MAX, Tally, Word};
use admit::domain::login::Login;
use admit::domain::proxy::Tie;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::domain::text::{ExternalId, Reason};

const SEAT: &str = "practitioner@clinic.example.org";

fn word(text: &str) -> Word {
    Word::parse(text).unwrap()
}

fn external(text: &str) -> ExternalId {
    ExternalId::parse(text).unwrap()
}

fn sample(client: ClientId, status: Option<&str>) -> PutItem {
    let external_id = Some(external(&format!("S-{client}")));
    PutItem { client, kind: word("sample"), external_id, status: status.map(word) }
}

fn put(admit: &Admit, actor: &Actor, put: PutItem) -> ItemId {
    admit.run(actor, put, None).unwrap()
}

fn set(admit: &Admit, actor: &Actor, item: ItemId, status: &str) {
    admit.run(actor, SetItemStatus { item, status: word(status) }, None).unwrap();
}

fn open(admit: &Admit, actor: &Actor, client: ClientId, grantee: Grantee) {
    let give = GiveGrant { client, grantee, scopes: Vec::new(), reason: None, ends_at: None };
    admit.run(actor, give, None).unwrap();
}

/// The addresses to which a kind of notice went.
fn told(admit: &Admit, host: &Actor, kind: &str) -> Vec<String> {
    let found = messages(admit, host).into_iter().filter(|(told, _)| *told == kind);
    found.map(|(_, address)| address).collect()
}

#[test]
fn a_word_is_short_and_plain() {
    for fine in ["kit", "stool_kit_2", "0", &"x".repeat(32)] {
        assert_eq!(Word::parse(fine).unwrap().as_str(), fine);
    }
    for wrong in ["", "Kit", "a kit", "kit-2", "k\u{fc}t", &"x".repeat(33)] {
        assert_eq!(Word::parse(wrong), Err(Reason::NotAWord), "{wrong}");
    }
}

#[test]
fn an_item_is_made_and_then_found_by_the_hosts_own_key_and_changed() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let ada = client(&admit, &host, "Ada", "Ash");
    let id = put(&admit, &host, sample(ada, None));
    let made = admit.item(&host, id).unwrap();
    assert_eq!((made.status, made.client, made.kind.as_str()), (None, ada, "sample"));
    clock.forward(5);
    assert_eq!(put(&admit, &host, sample(ada, Some("posted"))), id);
    let kit = PutItem { kind: word("kit"), ..sample(ada, None) };
    assert_eq!(put(&admit, &host, kit.clone()), id);
    let events = admit.stats().unwrap().events;
    assert_eq!(put(&admit, &host, kit), id);
    assert_eq!(admit.stats().unwrap().events, events, "nothing new");
    let found = admit.item_by_external_id(&host, &external(&format!("S-{ada}"))).unwrap();
    assert_eq!((found.kind.as_str(), found.status), ("kit", Some(word("posted"))));
    assert_eq!(found.updated_at.millis(), clock.millis());
    let trail = ["item.added", "item.status_changed", "item.updated"];
    assert_eq!(happenings(&admit, &host)[2..], trail);
    let nameless = PutItem { external_id: None, ..sample(ada, None) };
    assert_ne!(put(&admit, &host, nameless.clone()), put(&admit, &host, nameless));
}

#[test]
fn an_external_id_is_one_clients() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (ada, bo) = (client(&admit, &host, "Ada", "Ash"), client(&admit, &host, "Bo", "Birch"));
    put(&admit, &host, sample(ada, None));
    let taken = admit.run(&host, PutItem { client: bo, ..sample(ada, None) }, None);
    assert_eq!(refused(taken), Refusal::ExternalIdTaken);
    let there = practice(&admit);
    let theirs = client(&admit, &there, "Ivo", "Iris");
    put(&admit, &there, PutItem { client: theirs, ..sample(ada, None) });
}

#[test]
fn practitioner_and_client_are_told_at_the_same_time_and_once() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let (_, own) = seat(&admit, &host, Role::Practitioner);
    let ada = client(&admit, &own, "Ada", "Ash");
    let item = put(&admit, &own, sample(ada, Some("posted")));
    assert!(messages(&admit, &host).is_empty());
    set(&admit, &host, item, "received");
    let both = ["ada@example.org".to_owned(), SEAT.to_owned()];
    assert_eq!(told(&admit, &host, "item_received"), both);
    clock.forward(1_000);
    for status in ["received", "ready", "ready", "received", "ready"] {
        set(&admit, &host, item, status);
    }
    put(&admit, &host, sample(ada, Some("received")));
    assert_eq!(told(&admit, &host, "item_received"), both);
    assert_eq!(told(&admit, &host, "item_ready"), both);
    let kept = admit.item(&host, item).unwrap();
    assert_eq!(kept.ready_at.unwrap().since(kept.received_at.unwrap()), 1_000);
}

#[test]
fn the_words_of_a_notice_name_the_item_and_nobody_is_told_of_one_that_is_gone() {
    let (admit, _) = store();
    let host = practice(&admit);
    let ada = client(&admit, &host, "Ada", "Ash");
    let item = put(&admit, &host, sample(ada, Some("received")));
    let claimed = admit.claim(Claim::default()).unwrap();
    assert_eq!(claimed.len(), 1);
    let told = format!(r#""item":{{"kind":"sample","external_id":"S-{ada}","status":"received"}}"#);
    assert!(claimed[0].facts_json.contains(&told), "{}", claimed[0].facts_json);
    set(&admit, &host, item, "ready");
    admit.run(&host, RemoveItem { item }, None).unwrap();
    assert!(admit.claim(Claim::default()).unwrap().is_empty());
}

#[test]
fn everyone_who_may_work_with_the_client_is_told_and_nobody_else() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let ada = client(&admit, &host, "Ada", "Ash");
    let add = |given: &str, approved| {
        let add = add_staff(Role::Practitioner, given);
        admit.run(&host, admit_staff(add, approved), None).unwrap()
    };
    let (given, pending, gone, roomed, shares) = (
        add("Given", true),
        add("Pending", false),
        add("Gone", true),
        add("Roomed", true),
        add("Shares", true),
    );
    add("Stranger", true);
    let room = |members: &[Member]| {
        let room = CreateRoom { name: line("Room"), external_id: None };
        let room = admit.run(&host, room, None).unwrap();
        for member in members {
            admit.run(&host, AssignRoom { room, member: *member }, None).unwrap();
        }
        room
    };
    let north = room(&[Member::Staff(roomed)]);
    room(&[Member::Staff(shares), Member::Client(ada)]);
    for staff in [given, pending, gone] {
        open(&admit, &host, ada, Grantee::Staff(staff));
    }
    open(&admit, &host, ada, Grantee::Room(north));
    let over = GiveGrant {
        client: ada,
        grantee: Grantee::Staff(add("Over", true)),
        scopes: Vec::new(),
        reason: None,
        ends_at: Some(admit::domain::time::Timestamp::from_millis(clock.millis() + 1)),
    };
    admit.run(&host, over, None).unwrap();
    clock.forward(1);
    admit
        .run(&host, admit::commands::staff::SuspendStaff { staff: gone, revision: 0 }, None)
        .unwrap();
    put(&admit, &host, sample(ada, Some("ready")));
    let names =
        ["given@clinic.example.org", "roomed@clinic.example.org", "shares@clinic.example.org"];
    let mut expected = vec!["ada@example.org"];
    expected.extend(names);
    assert_eq!(told(&admit, &host, "item_ready"), expected);
}

fn admit_staff(
    add: admit::commands::staff::AddStaff,
    approved: bool,
) -> admit::commands::staff::AddStaff {
    admit::commands::staff::AddStaff { approved: Some(approved), ..add }
}

#[test]
fn a_client_hears_where_it_can_be_reached_and_not_while_suspended() {
    let (admit, _) = store();
    let host = practice(&admit);
    let without = |given: &str| admit.run(&host, create(given, "None", None), None).unwrap();
    let (child, young, nobody) = (without("Child"), without("Young"), without("Nobody"));
    let (parent, own) = (
        login(&admit, &host, "parent@login.example.org"),
        login(&admit, &host, "young@login.example.org"),
    );
    tie(&admit, &host, parent, child, Tie::Guardian { relationship: None });
    tie(&admit, &host, parent, young, Tie::Guardian { relationship: None });
    tie(&admit, &host, own, young, Tie::Myself);
    put(&admit, &host, sample(child, Some("received")));
    assert_eq!(told(&admit, &host, "item_received"), ["parent@login.example.org"]);
    put(&admit, &host, sample(young, Some("ready")));
    assert_eq!(told(&admit, &host, "item_ready"), ["young@login.example.org"]);
    put(&admit, &host, sample(nobody, Some("ready")));
    assert_eq!(told(&admit, &host, "item_ready").len(), 1);
    let (ada, bo) = (client(&admit, &host, "Ada", "Ash"), client(&admit, &host, "Bo", "Birch"));
    for (client, status) in [(ada, Status::Suspended), (bo, Status::Deactivated)] {
        admit.run(&host, SetClientStatus { client, status, revision: 0 }, None).unwrap();
        put(&admit, &host, sample(client, Some("ready")));
    }
    assert_eq!(told(&admit, &host, "item_ready"), ["bo@example.org", "young@login.example.org"]);
}

#[test]
fn one_address_is_told_once() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (_, own) = seat(&admit, &host, Role::Practitioner);
    let mine = admit.run(&own, create("Own", "Sample", Some(SEAT)), None).unwrap();
    put(&admit, &own, sample(mine, Some("ready")));
    assert_eq!(told(&admit, &host, "item_ready"), [SEAT]);
}

#[test]
fn a_client_tells_of_its_own_but_not_where_it_stands() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (ada, _, holder) = client_with_login(&admit, &host, "Ada");
    let parent = login(&admit, &host, "parent@login.example.org");
    tie(&admit, &host, parent, ada, Tie::Guardian { relationship: None });
    let parent = acting(&host, Who::Login { id: parent, epoch: 1 });
    let item = put(&admit, &holder, sample(ada, None));
    assert_eq!(put(&admit, &parent, sample(ada, None)), item);
    for actor in [&holder, &parent] {
        let no = |command| refused(admit.run(actor, command, None));
        assert_eq!(no(sample(ada, Some("ready"))), Refusal::NotPermitted);
        let new = PutItem { external_id: None, ..sample(ada, Some("posted")) };
        assert_eq!(no(new), Refusal::NotPermitted);
        assert_eq!(no(PutItem { kind: word("kit"), ..sample(ada, None) }), Refusal::NotPermitted);
        let moved = admit.run(actor, SetItemStatus { item, status: word("ready") }, None);
        assert_eq!(refused(moved), Refusal::NotPermitted);
        assert_eq!(refused(admit.run(actor, RemoveItem { item }, None)), Refusal::NotPermitted);
        assert_eq!(admit.item(actor, item).unwrap().id, item);
        assert_eq!(all(&admit, actor, ada).len(), 1);
    }
    let bo = client(&admit, &host, "Bo", "Birch");
    assert_eq!(refused(admit.run(&holder, sample(bo, None), None)), Refusal::NotFound);
}

fn all(admit: &Admit, actor: &Actor, client: ClientId) -> Vec<Item> {
    admit.items(actor, client, &ItemFilter::default(), None, 0).unwrap().items
}

/// What each command about items answers.
fn answers(admit: &Admit, actor: &Actor, client: ClientId, item: ItemId) -> [Refusal; 6] {
    let key = external(&format!("S-{client}"));
    [
        refused(admit.run(actor, sample(client, None), None)),
        refused(admit.run(actor, SetItemStatus { item, status: word("ready") }, None)),
        refused(admit.run(actor, RemoveItem { item }, None)),
        refused(admit.item(actor, item)),
        refused(admit.item_by_external_id(actor, &key)),
        refused(admit.items(actor, client, &ItemFilter::default(), None, 0)),
    ]
}

#[test]
fn an_unapproved_practitioner_does_nothing_with_items() {
    let (admit, _) = store();
    let host = practice(&admit);
    let ada = client(&admit, &host, "Ada", "Ash");
    let item = put(&admit, &host, sample(ada, None));
    let add = admit_staff(add_staff(Role::Practitioner, "Pending"), false);
    let staff: StaffId = admit.run(&host, add, None).unwrap();
    open(&admit, &host, ada, Grantee::Staff(staff));
    let own = acting(&host, Who::Staff(staff));
    assert_eq!(answers(&admit, &own, ada, item), [Refusal::NotApproved; 6]);
}

#[test]
fn staff_need_the_chart_and_another_practices_items_are_not_found() {
    let (admit, _) = store();
    let (host, there) = (practice(&admit), practice(&admit));
    let ada = client(&admit, &host, "Ada", "Ash");
    let item = put(&admit, &host, sample(ada, None));
    let (_, own) = seat(&admit, &host, Role::Practitioner);
    assert_eq!(answers(&admit, &own, ada, item), [Refusal::NotPermitted; 6]);
    let (_, theirs) = seat(&admit, &there, Role::Admin);
    for actor in [&there, &theirs] {
        assert_eq!(answers(&admit, actor, ada, item), [Refusal::NotFound; 6]);
    }
    let wrong = ItemId::from_uuid(ada.uuid());
    assert_eq!(refused(admit.item(&host, wrong)), Refusal::NotFound);
    assert!(admit.can(&host, admit::domain::access::Action::ItemRemove, Some(item.into())).is_ok());
}

#[test]
fn a_list_is_filtered_and_paged_newest_first() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let ada = client(&admit, &host, "Ada", "Ash");
    let mut made = Vec::new();
    for (kind, status) in
        [("kit", "posted"), ("sample", "posted"), ("kit", "used"), ("kit", "posted")]
    {
        clock.forward(1);
        let item = PutItem { kind: word(kind), external_id: None, ..sample(ada, Some(status)) };
        made.push(put(&admit, &host, item));
    }
    let filter = ItemFilter { kind: Some(word("kit")), status: Some(word("posted")) };
    let first = admit.items(&host, ada, &filter, None, 1).unwrap();
    assert_eq!(first.items[0].id, made[3]);
    let rest = admit.items(&host, ada, &filter, first.next.as_deref(), 1).unwrap();
    assert_eq!((rest.items[0].id, rest.next), (made[0], None));
    let bad = admit.items(&host, ada, &filter, Some("?"), 1).unwrap_err();
    assert_eq!(bad.to_string(), "after: must be the cursor of an earlier page, unchanged");
}

#[test]
fn a_clients_items_and_kinds_are_limited_by_count() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (ada, bo) = (client(&admit, &host, "Ada", "Ash"), client(&admit, &host, "Bo", "Birch"));
    plant(&admit, &host, move |unit| {
        let tally = Tally { present: ITEMS_MAX - 1, ..Tally::default() };
        Ok(admit::records::item::put_tally(&mut unit.write, ada, &tally)?)
    });
    let item = put(&admit, &host, sample(ada, None));
    let more = PutItem { external_id: None, ..sample(ada, None) };
    assert_eq!(refused(admit.run(&host, more.clone(), None)), Refusal::LimitReached);
    admit.run(&host, RemoveItem { item }, None).unwrap();
    put(&admit, &host, more);
    let of_kind = |at: usize| PutItem {
        kind: word(&format!("k{at}")),
        external_id: None,
        ..sample(bo, None)
    };
    for at in 0..KINDS_MAX {
        put(&admit, &host, of_kind(at));
    }
    assert_eq!(refused(admit.run(&host, of_kind(KINDS_MAX), None)), Refusal::LimitReached);
}

#[test]
fn what_a_client_shares_by_its_own_hand_is_told_to_whom_it_opens() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (staff, _) = seat(&admit, &host, Role::Practitioner);
    let (ada, _, holder) = client_with_login(&admit, &host, "Ada");
    put(&admit, &host, sample(ada, None));
    open(&admit, &holder, ada, Grantee::Staff(staff));
    assert_eq!(messages(&admit, &host), [("item_shared", SEAT.to_owned())]);
    let claimed = admit.claim(Claim::default()).unwrap();
    assert!(claimed[0].facts_json.contains(r#""item":{"kind":"sample""#));
}

#[test]
fn once_there_was_a_sample_no_removal_lets_the_client_be_deleted() {
    let (admit, _) = store();
    let host = practice(&admit);
    policy(
        &admit,
        "local reasons = {}
         if request.ever.sample > 0 then table.insert(reasons, { code = 'sample', text = 'A sample.' }) end
         if request.ever.profile_field > 0 then table.insert(reasons, { code = 'profile', text = 'A field.' }) end
         if request.ever_signed_in then table.insert(reasons, { code = 'signed_in', text = 'Signed in.' }) end
         if #reasons > 0 then return deny(reasons) end
         return allow.erase()",
    );
    let ada = client(&admit, &host, "Ada", "Ash");
    assert!(codes(&planned(&admit, &host, &to_erase(ada))).is_empty());
    let item = put(&admit, &host, sample(ada, Some("received")));
    assert_eq!(codes(&planned(&admit, &host, &to_erase(ada))), ["sample"]);
    admit.run(&host, RemoveItem { item }, None).unwrap();
    assert_eq!(codes(&planned(&admit, &host, &to_erase(ada))), ["sample"]);
    let bo = client(&admit, &host, "Bo", "Birch");
    let stating =
        |count| PlanDeletion { host_facts: facts(&[("profile_field", count)]), ..to_erase(bo) };
    assert!(codes(&planned(&admit, &host, &stating(0))).is_empty());
    assert_eq!(codes(&planned(&admit, &host, &stating(2))), ["profile"]);
    assert_eq!(codes(&planned(&admit, &host, &stating(0))), ["profile"]);
}

#[test]
fn what_the_host_states_at_the_confirmation_alone_is_kept_too() {
    let (admit, _) = store();
    let host = super::plant::reasoned(&practice(&admit));
    policy(
        &admit,
        "if request.ever.sample > 0 then return deny{ code = 'sample', text = 'A sample.' } end
         return allow.erase()",
    );
    let ada = client(&admit, &host, "Ada", "Ash");
    let plan = planned(&admit, &host, &to_erase(ada));
    let confirmed = admit.confirm_deletion(&host, &plan.token, &facts(&[("sample", 1)]), None);
    assert_eq!(refused(confirmed), Refusal::PlanChanged);
    assert_eq!(codes(&planned(&admit, &host, &to_erase(ada))), ["sample"]);
}

#[test]
fn that_somebody_signed_in_outlives_the_login() {
    let (admit, _) = store();
    let host = practice(&admit);
    policy(
        &admit,
        "if request.client and request.client.given_name == 'Ada' and request.ever_signed_in then
           return deny{ code = 'signed_in', text = 'Signed in.' }
         end
         return allow.erase()",
    );
    let (ada, login, _) = client_with_login(&admit, &host, "Ada");
    plant(&admit, &host, move |unit| {
        let old = unit.look().login(login)?;
        unit.save_login(Some(&old), &Login { last_sign_in: Some(unit.now()), ..old.clone() })
    });
    let proxy = admit.proxies(&host, ada).unwrap()[0].id;
    admit.run(&host, admit::commands::proxy::EndProxy { proxy }, None).unwrap();
    let bo = client(&admit, &host, "Bo", "Birch");
    tie(&admit, &host, login, bo, Tie::Myself);
    assert!(matches!(delete(&admit, &host, &to_erase(bo)), Ok(Confirmed::Erased(_))));
    assert!(admit.store().read(|read| admit::records::login::find(read, login)).unwrap().is_none());
    assert_eq!(codes(&planned(&admit, &host, &to_erase(ada))), ["signed_in"]);
}

#[test]
fn items_go_with_their_client_and_the_order_has_the_hosts_keys() {
    let (admit, _) = store();
    let host = super::plant::reasoned(&practice(&admit));
    policy(&admit, "return allow.erase()");
    let ada = client(&admit, &host, "Ada", "Ash");
    let keyed = PutItem { external_id: Some(external("KIT-Zephyr")), ..sample(ada, Some("ready")) };
    put(&admit, &host, keyed);
    put(&admit, &host, PutItem { external_id: None, ..sample(ada, None) });
    let plan = planned(&admit, &host, &to_erase(ada));
    assert_eq!(plan.would_go[&Noun::Item], 2);
    let erased = admit.confirm_deletion(&host, &plan.token, &facts(&[]), None);
    let Ok(Confirmed::Erased(id)) = erased else { panic!("not erased") };
    let order = admit.erase_order(&host, id).unwrap();
    assert_eq!(order.items, [(word("sample"), external("KIT-Zephyr"))]);
    assert_eq!(keyspaces_with(&admit, b"KIT-Zephyr"), ["erase_order"]);
    let page = admit.events(&host, Default::default(), None, 500).unwrap();
    let gone = page.items.iter().find(|it| it.happening.word() == "client.erased").unwrap();
    assert!(format!("{:?}", gone.details).contains(r#"("items", "2")"#));
    admit.run(&host, FinishDeletion { order: id }, None).unwrap();
    assert!(admit.erase_order(&host, id).unwrap().items.is_empty());
    let theirs = client(&admit, &host, "Bo", "Birch");
    let again = PutItem { external_id: Some(external("KIT-Zephyr")), ..sample(theirs, None) };
    put(&admit, &host, again);
}

#[test]
fn the_order_of_changes_has_items_by_the_hosts_key_while_they_are_there() {
    let (admit, _) = store();
    let host = practice(&admit);
    let ada = admit.run(&host, create("Ada", "Ash", None), None).unwrap();
    let item = put(&admit, &host, sample(ada, Some("received")));
    let last = || {
        let changes = admit.change_list(0, 500).unwrap();
        let changes = changes.into_iter().filter(|it| it.object == item.into());
        changes.map(|it| (it.happening.word(), it.external_id)).collect::<Vec<_>>()
    };
    assert_eq!(last(), [("item.added", Some(format!("S-{ada}")))]);
    admit.run(&host, RemoveItem { item }, None).unwrap();
    assert_eq!(last(), [("item.added", None), ("item.removed", None)]);
    assert_eq!(admit.stats().unwrap().items.rows, 0);
}
