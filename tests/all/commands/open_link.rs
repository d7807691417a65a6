//! Open links as the practice makes, shows and withdraws them.

use super::post::{
    dead, events, inspect, is_live, practice_of, reasoned, seat, set_staff, token_in,
};
use crate::support::{line, practice, refused, store};
use admit::commands::Admit;
use admit::commands::accept::Accept;
use admit::commands::invitation::{Dead, Inspection, OfferKind};
use admit::commands::open_link::{
    Arrival, ComeIn, CreateOpenLink, Newcomers, OpenLinkFilter, OpenLinkView, RevokeOpenLink,
    ShowOpenLink,
};
use admit::commands::practice::{ReactivatePractice, SuspendPractice};
use admit::commands::room::{AssignRoom, CreateRoom, Member};
use admit::commands::staff::{ReactivateStaff, SuspendStaff};
use admit::domain::access::Action;
use admit::domain::actor::{Actor, Source, Who};
use admit::domain::event::Happening;
use admit::domain::id::OpenLinkId;
use admit::domain::invitation::Channel;
use admit::domain::login::ExternalIdentity;
use admit::domain::open_link::State;
use admit::domain::refusal::Refusal;
use admit::domain::staff::{Role, Status};
use admit::domain::text::{Email, ExternalId};
use admit::domain::time::{DAY, HOUR};
use admit::error::{Error, Result};
use secrecy::{ExposeSecret, SecretString};

pub fn of_clients(places: u32) -> CreateOpenLink {
    let makes = Newcomers::Clients { rooms: Vec::new() };
    CreateOpenLink { makes, places: Some(places), expires_in: None, label: None }
}

pub fn of_seats(role: Role, places: u32) -> CreateOpenLink {
    CreateOpenLink { makes: Newcomers::Seats { role }, ..of_clients(places) }
}

pub fn made(admit: &Admit, actor: &Actor, create: CreateOpenLink) -> OpenLinkId {
    admit.run(actor, create, None).unwrap()
}

pub fn token(admit: &Admit, actor: &Actor, open_link: OpenLinkId) -> SecretString {
    let host = Actor { source: reasoned(), ..actor.clone() };
    let show = ShowOpenLink { open_link, channel: Channel::Copied };
    token_in(admit.run(&host, show, None).unwrap().url.expose_secret())
}

pub fn view(admit: &Admit, actor: &Actor, id: OpenLinkId) -> OpenLinkView {
    admit.open_link(actor, id).unwrap()
}

pub fn usage(admit: &Admit, actor: &Actor, id: OpenLinkId) -> (u32, u32, u32, State) {
    let shown = view(admit, actor, id);
    (shown.uses, shown.held, shown.left, shown.state)
}

/// Nobody's way in, with a name and an address.
pub fn nobody(token: &SecretString, given: &str) -> ComeIn {
    ComeIn {
        token: token.clone(),
        password: None,
        identity: None,
        session: None,
        name: Some(crate::support::name(given, "Garcia")),
        email: Some(Email::parse(&format!("{}@example.org", given.to_lowercase())).unwrap()),
        username: None,
        phone: None,
        locale: None,
    }
}

pub fn identity(subject: &str) -> Option<ExternalIdentity> {
    let issuer = ExternalId::parse("https://id.example.org").unwrap();
    Some(ExternalIdentity { issuer, subject: ExternalId::parse(subject).unwrap() })
}

/// With an identity that the host has verified: it takes no hash.
pub fn newcomer(token: &SecretString, given: &str) -> ComeIn {
    ComeIn { identity: identity(given), ..nobody(token, given) }
}

pub fn come_in(admit: &Admit, asked: ComeIn) -> Result<Arrival> {
    admit.come_in(Source::default(), asked, None)
}

#[test]
fn an_open_link_shows_what_it_makes_for_how_many_until_when_and_by_whom() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let nora = seat(&admit, &host, Role::Admin, "nora@example.org");
    let create = CreateOpenLink {
        expires_in: Some(2 * HOUR),
        label: Some(line("Spring open day")),
        ..of_seats(Role::Member, 25)
    };
    let id = made(&admit, &nora, create);
    let shown = view(&admit, &nora, id);
    assert_eq!((shown.uses_max, shown.uses, shown.held, shown.left), (25, 0, 0, 25));
    assert_eq!((shown.role, shown.state), (Some(Role::Member), State::Live));
    assert_eq!(shown.inviter_name.as_deref(), Some("Nora Garcia"));
    assert_eq!(shown.label.unwrap().as_str(), "Spring open day");
    assert_eq!(shown.expires_at.since(shown.created_at), 2 * HOUR);
    assert_eq!(events(&admit, &host, Happening::OpenLinkCreated), 1);
    let plain = CreateOpenLink { places: None, ..of_clients(1) };
    let by_host = view(&admit, &host, made(&admit, &host, plain));
    assert_eq!((by_host.uses_max, by_host.inviter, by_host.role), (100, None, None));
    assert_eq!(by_host.expires_at.since(by_host.created_at), 7 * DAY, "the practice's way");
    let all = admit.open_links(&host, OpenLinkFilter::default(), None, 1).unwrap();
    assert_eq!((all.items.len(), all.items[0].id), (1, by_host.id), "latest first");
    let rest = admit.open_links(&host, OpenLinkFilter::default(), all.next.as_deref(), 1).unwrap();
    assert_eq!((rest.items[0].id, rest.next), (id, None));
    clock.forward(3 * HOUR);
    let expired = OpenLinkFilter { state: Some(State::Expired) };
    let expired = admit.open_links(&host, expired, None, 0).unwrap();
    assert_eq!(expired.items.iter().map(|it| it.id).collect::<Vec<_>>(), [id]);
}

#[test]
fn s11_an_open_link_is_open_for_an_hour_to_30_days_and_has_1_to_10_000_places() {
    let (admit, _) = store();
    let host = practice(&admit);
    for expires_in in [0, HOUR - 1, 30 * DAY + 1] {
        let create = CreateOpenLink { expires_in: Some(expires_in), ..of_clients(1) };
        let Err(Error::Invalid(invalid)) = admit.run(&host, create, None) else { panic!() };
        assert_eq!(invalid.field, "expires_in_ms");
    }
    for places in [0, 10_001] {
        let Err(Error::Invalid(invalid)) = admit.run(&host, of_clients(places), None) else {
            panic!()
        };
        assert_eq!(invalid.field, "uses");
    }
    made(&admit, &host, of_clients(10_000));
}

#[test]
fn the_products_policy_is_asked_and_gives_less_time_and_fewer_places_or_none() {
    let (admit, _) = store();
    let host = practice(&admit);
    let policy = "return { invitation = function(request)
        if not request.is_open_link then return allow{} end
        if request.invited_as == 'member' then
            return deny{ { code = 'alone', text = 'Members are invited one by one.' } }
        end
        return allow{ expires_days = 2, max_uses = 20 }
    end }";
    super::deletion::install(&admit, policy);
    let denied = admit.run(&host, of_seats(Role::Member, 5), None);
    assert!(matches!(denied, Err(Error::Denied(reasons)) if reasons[0].code == "alone"));
    let shown = view(&admit, &host, made(&admit, &host, of_clients(25)));
    assert_eq!((shown.uses_max, shown.expires_at.since(shown.created_at)), (20, 2 * DAY));
    let less = CreateOpenLink { expires_in: Some(HOUR), ..of_clients(5) };
    let shown = view(&admit, &host, made(&admit, &host, less));
    assert_eq!((shown.uses_max, shown.expires_at.since(shown.created_at)), (5, HOUR));
}

#[test]
fn s51_an_open_link_gives_no_role_above_member_whoever_makes_it() {
    let (admit, _) = store();
    let host = practice(&admit);
    let admin = seat(&admit, &host, Role::Admin, "ada@example.org");
    for role in [Role::Admin, Role::Practitioner, Role::Assistant] {
        for actor in [&host, &admin] {
            let answer = admit.run(actor, of_seats(role, 1), None);
            assert_eq!(refused(answer), Refusal::OpenLinkRole);
        }
    }
    made(&admit, &admin, of_seats(Role::Member, 1));
    let nora = seat(&admit, &host, Role::Practitioner, "nora@example.org");
    let seats = admit.run(&nora, of_seats(Role::Member, 1), None);
    assert_eq!(refused(seats), Refusal::NotPermitted, "who may not add seats gives none");
    made(&admit, &nora, of_clients(1));
    for role in [Role::Assistant, Role::Member] {
        let other = seat(&admit, &host, role, &format!("{}@example.org", role.word()));
        assert_eq!(refused(admit.run(&other, of_clients(1), None)), Refusal::NotPermitted);
    }
}

#[test]
fn s51_a_practitioner_names_rooms_of_its_own_alone() {
    let (admit, _) = store();
    let host = practice(&admit);
    let nora = seat(&admit, &host, Role::Practitioner, "nora@example.org");
    let Who::Staff(staff) = nora.who else { panic!() };
    let make = CreateRoom { name: line("Team A"), external_id: None };
    let room = admit.run(&host, make, None).unwrap();
    let create =
        CreateOpenLink { makes: Newcomers::Clients { rooms: vec![room] }, ..of_clients(1) };
    assert_eq!(refused(admit.run(&nora, create.clone(), None)), Refusal::NotPermitted);
    admit.run(&host, AssignRoom { room, member: Member::Staff(staff) }, None).unwrap();
    let id = made(&admit, &nora, create);
    assert_eq!(view(&admit, &nora, id).rooms, [room]);
}

#[test]
fn s52_a_link_is_shown_with_a_permission_a_reason_and_an_event_of_its_own() {
    let (admit, _) = store();
    let host = practice(&admit);
    let nora = seat(&admit, &host, Role::Practitioner, "nora@example.org");
    let bo = seat(&admit, &host, Role::Practitioner, "bo@example.org");
    let id = made(&admit, &nora, of_clients(5));
    let show = |channel| ShowOpenLink { open_link: id, channel };
    let unreasoned = admit.run(&host, show(Channel::Copied), None).map(drop);
    assert_eq!(refused(unreasoned), Refusal::ReasonRequired);
    let others = admit.run(&bo, show(Channel::Copied), None).map(drop);
    assert_eq!(refused(others), Refusal::NotPermitted);
    let email = admit.run(&nora, show(Channel::Email), None).map(drop);
    assert!(matches!(email, Err(Error::Invalid(_))), "nothing is mailed");
    assert_eq!(events(&admit, &host, Happening::OpenLinkShown), 0);
    let first = token(&admit, &nora, id);
    let second = token(&admit, &host, id);
    assert_eq!(first.expose_secret(), second.expose_secret(), "the same each time");
    let qr = admit.open_link_qr(&nora, id).unwrap();
    assert!(qr.svg.expose_secret().starts_with("<?xml") || qr.svg.expose_secret().contains("<svg"));
    assert_ne!(token_in(qr.link.url.expose_secret()).expose_secret(), first.expose_secret());
    assert_eq!(events(&admit, &host, Happening::OpenLinkShown), 3);
}

#[test]
fn a_practitioner_reads_and_withdraws_its_own_links_and_an_admin_all() {
    let (admit, _) = store();
    let host = practice(&admit);
    let nora = seat(&admit, &host, Role::Practitioner, "nora@example.org");
    let bo = seat(&admit, &host, Role::Practitioner, "bo@example.org");
    let admin = seat(&admit, &host, Role::Admin, "ada@example.org");
    let own = made(&admit, &nora, of_clients(1));
    let other = made(&admit, &bo, of_clients(1));
    let listed = |actor: &Actor| {
        let page = admit.open_links(actor, OpenLinkFilter::default(), None, 0).unwrap();
        page.items.iter().map(|it| it.id).collect::<Vec<_>>()
    };
    assert_eq!((listed(&nora), listed(&admin)), (vec![own], vec![other, own]));
    assert_eq!(refused(admit.open_link(&nora, other)), Refusal::NotPermitted);
    let revoke = |open_link| RevokeOpenLink { open_link };
    assert_eq!(refused(admit.run(&nora, revoke(other), None)), Refusal::NotPermitted);
    admit.run(&nora, revoke(own), None).unwrap();
    assert_eq!(refused(admit.run(&nora, revoke(own), None)), Refusal::AlreadyEnded);
    let can = |actor, action, id: OpenLinkId| admit.can(actor, action, Some(id.into()));
    assert_eq!(refused(can(&nora, Action::OpenLinkRevoke, own)), Refusal::AlreadyEnded);
    assert_eq!(refused(can(&nora, Action::OpenLinkShow, other)), Refusal::NotPermitted);
    can(&admin, Action::OpenLinkRevoke, other).unwrap();
}

#[test]
fn another_practices_open_link_is_not_found() {
    let (admit, _) = store();
    let (host, there) = (practice(&admit), practice(&admit));
    let id = made(&admit, &there, of_clients(1));
    assert_eq!(refused(admit.open_link(&host, id)), Refusal::NotFound);
    let revoke = RevokeOpenLink { open_link: id };
    assert_eq!(refused(admit.run(&host, revoke, None)), Refusal::NotFound);
    let show = ShowOpenLink { open_link: id, channel: Channel::Copied };
    let reasoned = Actor { source: reasoned(), ..host.clone() };
    assert_eq!(refused(admit.run(&reasoned, show, None).map(drop)), Refusal::NotFound);
    assert!(admit.open_links(&host, OpenLinkFilter::default(), None, 0).unwrap().items.is_empty());
    assert_eq!(view(&admit, &there, id).practice, practice_of(&there));
}

#[test]
fn s15_inspecting_tells_what_it_makes_and_whether_places_are_left_and_changes_nothing() {
    let (admit, _) = store();
    let host = practice(&admit);
    let id = made(&admit, &host, of_clients(1));
    let token = token(&admit, &host, id);
    let before = admit.stats().unwrap();
    let Inspection::Live(live) = inspect(&admit, &token) else { panic!() };
    assert_eq!((live.offer, live.has_places), (Some(OfferKind::NewClient), Some(true)));
    assert_eq!(live.practice_name.as_str(), "Cedar Clinic");
    assert_eq!((live.masked_address, live.has_login), (None, None));
    let after = admit.stats().unwrap();
    assert_eq!((after.events, after.commits), (before.events, before.commits));
    come_in(&admit, newcomer(&token, "Lucia")).unwrap();
    let Inspection::Live(live) = inspect(&admit, &token) else { panic!() };
    assert_eq!(live.has_places, Some(false));
    let seats = made(&admit, &host, of_seats(Role::Member, 1));
    let Inspection::Live(live) = inspect(&admit, &self::token(&admit, &host, seats)) else {
        panic!()
    };
    assert_eq!(live.offer, Some(OfferKind::Seat));
}

#[test]
fn s04_an_open_links_token_and_every_other_refuse_each_other() {
    let (admit, _) = store();
    let host = practice(&admit);
    let open = token(&admit, &host, made(&admit, &host, of_clients(9)));
    let as_accept = Accept {
        token: open.clone(),
        password: None,
        identity: identity("a"),
        session: None,
        holder: None,
        name: None,
        username: None,
        facts: Default::default(),
    };
    let source = Source::default;
    assert_eq!(refused(admit.accept(source(), as_accept, None)), Refusal::LinkInvalid);
    assert_eq!(refused(admit.decline(source(), &open, None)), Refusal::LinkInvalid);
    assert_eq!(refused(admit.ask_again(source(), &open, None)), Refusal::LinkInvalid);
    let text = open.expose_secret();
    assert_eq!(refused(admit.confirm_address(source(), text, None)), Refusal::LinkInvalid);
    let password = SecretString::from(super::post::PASSWORD);
    assert_eq!(refused(admit.reset(source(), text, &password, None)), Refusal::LinkInvalid);
    // The link in the mail for a place opens nothing but that place.
    come_in(&admit, newcomer(&open, "Lucia")).unwrap();
    let mailed = token_in(&super::post::claim(&admit)[0].text);
    assert_eq!(refused(come_in(&admit, newcomer(&mailed, "Ben"))), Refusal::LinkInvalid);
    let reset = admit.reset(source(), mailed.expose_secret(), &password, None);
    assert_eq!(refused(reset), Refusal::LinkInvalid);
    let invited = super::post::to_new_client("Uma", "uma@example.org");
    super::post::send(&admit, &host, invited);
    let invitation = super::post::emailed(&admit);
    assert_eq!(refused(come_in(&admit, newcomer(&invitation, "Ben"))), Refusal::LinkInvalid);
}

#[test]
fn s09_an_open_link_is_good_until_its_last_millisecond_and_dead_at_its_expiry() {
    let (admit, clock) = store();
    let host = practice(&admit);
    let create = CreateOpenLink { expires_in: Some(HOUR), ..of_clients(9) };
    let id = made(&admit, &host, create);
    let token = token(&admit, &host, id);
    clock.forward(HOUR - 1);
    come_in(&admit, newcomer(&token, "Lucia")).unwrap();
    clock.forward(1);
    assert_eq!(refused(come_in(&admit, newcomer(&token, "Ben"))), Refusal::LinkExpired);
    assert_eq!(dead(&admit, &token), Dead::Expired);
    assert_eq!(view(&admit, &host, id).state, State::Expired);
}

#[test]
fn s20_a_link_is_dead_while_its_practice_or_maker_is_suspended_and_for_good_once_it_has_left() {
    let (admit, _) = store();
    let host = practice(&admit);
    let nora = seat(&admit, &host, Role::Admin, "nora@example.org");
    let bo = seat(&admit, &host, Role::Admin, "bo@example.org");
    let Who::Staff(staff) = nora.who else { panic!() };
    let token = token(&admit, &nora, made(&admit, &nora, of_clients(9)));
    let answer = |given: &str| come_in(&admit, newcomer(&token, given)).map(drop);
    admit.run(&bo, SuspendStaff { staff, revision: 0 }, None).unwrap();
    assert_eq!(refused(answer("Lucia")), Refusal::LinkRevoked);
    assert_eq!(dead(&admit, &token), Dead::Revoked);
    admit.run(&bo, ReactivateStaff { staff, revision: 0 }, None).unwrap();
    answer("Lucia").unwrap();
    admit.run(&host, SuspendPractice, None).unwrap();
    assert_eq!(refused(answer("Ben")), Refusal::LinkRevoked);
    admit.run(&host, ReactivatePractice, None).unwrap();
    assert!(is_live(&admit, &token));
    set_staff(&admit, &host, |seat| {
        if seat.id == staff {
            seat.status = Status::Ended;
        }
    });
    assert_eq!(refused(answer("Ben")), Refusal::LinkRevoked);
}
