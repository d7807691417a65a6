//! The end of guardians' ties when their client comes of age, and the invitation that follows.

use super::deletion::install;
use super::plant::{
    acting, client_with_login, create, email, happenings, messages, plant, practice_of,
};
use crate::support::{Clock, practice, refused, store};
use admit::commands::client::{ProfileChange, UpdateClient};
use admit::commands::practice::{SettingsChange, UpdatePractice};
use admit::commands::proxy::AddProxy;
use admit::commands::{Admit, Change};
use admit::domain::actor::Actor;
use admit::domain::id::{ClientId, LoginId};
use admit::domain::proxy::{Proxy, Tie};
use admit::domain::refusal::Refusal;
use admit::domain::text::{BirthDate, Zone};
use admit::domain::time::{DAY, Timestamp};

const GUARDIAN: Tie = Tie::Guardian { relationship: None };
/// The 18th birthday of who was born on 6 January 2008, 00:00 UTC.
const BIRTHDAY: &str = "2026-01-06T00:00:00.000Z";

pub struct World {
    pub admit: Admit,
    pub clock: Clock,
    pub host: Actor,
    parent: LoginId,
    guardian: Actor,
    child: ClientId,
}

fn birth(text: &str) -> BirthDate {
    BirthDate::parse(text).unwrap()
}

pub fn world(address: Option<&str>) -> World {
    let (admit, clock) = store();
    let host = practice(&admit);
    let (_, parent, guardian) = client_with_login(&admit, &host, "Ada");
    let mut child = create("Bo", "Held", address);
    child.profile.birth = Some(birth("2008-01-06"));
    let child = admit.run(&host, child, None).unwrap();
    let world = World { admit, clock, host, parent, guardian, child };
    world.guard(world.child, None);
    world
}

impl World {
    fn guard(&self, client: ClientId, ends_at: Option<Timestamp>) {
        let add = AddProxy { client, login: self.parent, tie: GUARDIAN, ends_at };
        self.admit.run(&self.host, add, None).unwrap();
    }

    fn proxy(&self) -> Proxy {
        let held = self.admit.proxies(&self.host, self.child).unwrap();
        held.into_iter().find(|proxy| proxy.tie != Tie::Myself).unwrap()
    }

    fn ends_at(&self) -> Option<String> {
        self.proxy().ends_at.map(Timestamp::rfc3339)
    }

    fn born(&self, actor: &Actor, change: Change<BirthDate>) -> admit::error::Result<ClientId> {
        let change = ProfileChange { birth: change, ..ProfileChange::default() };
        self.admit.run(actor, UpdateClient { client: self.child, change, revision: 0 }, None)
    }

    fn settle(&self, settings: SettingsChange) {
        let update = UpdatePractice { settings, ..UpdatePractice::default() };
        self.admit.run(&self.host, update, None).unwrap();
    }

    /// To the first moment of the birthday.
    fn come_of_age(&self) {
        let end = self.proxy().ends_at.unwrap();
        self.clock.forward(end.millis() - self.clock.millis());
    }

    fn told(&self, kind: &str) -> Vec<String> {
        let found = messages(&self.admit, &self.host).into_iter();
        found.filter(|(told, _)| *told == kind).map(|(_, address)| address).collect()
    }

    /// Why an invitation is due that could not be sent.
    fn due(&self) -> Vec<String> {
        let page = self.admit.events(&self.host, Default::default(), None, 500).unwrap();
        let due = page.items.into_iter().filter(|it| it.happening.word() == "invitation.due");
        due.map(|it| it.details[0].1.clone()).collect()
    }
}

#[test]
fn a_guardian_loses_the_client_at_midnight_of_the_birthday_whether_or_not_upkeep_has_run() {
    let world = world(Some("bo@example.org"));
    assert_eq!(world.ends_at().as_deref(), Some(BIRTHDAY));
    let end = world.proxy().ends_at.unwrap();
    world.clock.forward(end.millis() - world.clock.millis() - 1);
    assert!(world.admit.client(&world.guardian, world.child).is_ok());
    world.clock.forward(1);
    let late = world.admit.client(&world.guardian, world.child);
    assert_eq!(refused(late), Refusal::NotFound);
    assert!(world.told("guardian_ended").is_empty());
}

#[test]
fn upkeep_ends_the_tie_tells_both_and_invites_the_young_person_once() {
    let world = world(Some("bo@example.org"));
    world.come_of_age();
    let kept = world.admit.upkeep(0).unwrap();
    assert_eq!((kept.ended, kept.invited, kept.more), (1, 1, false));
    assert_eq!(world.told("guardian_ended"), ["ada@login.example.org", "bo@example.org"]);
    assert_eq!(world.told("invitation"), ["bo@example.org"]);
    let sent = world.admit.invitations(&world.host, Default::default(), None, 0).unwrap().items;
    assert_eq!((sent.len(), sent[0].tie()), (1, Some(&Tie::Myself)));
    assert_eq!(sent[0].inviter, admit::domain::actor::Who::Host);
    let again = world.admit.upkeep(0).unwrap();
    assert_eq!((again.ended, again.invited), (0, 0));
    let trail = happenings(&world.admit, &world.host);
    assert_eq!(trail[trail.len() - 2..], ["proxy.ended", "invitation.sent"]);
    assert!(world.due().is_empty());
}

#[test]
fn the_invitation_opens_the_young_persons_own_chart() {
    let world = world(Some("bo@example.org"));
    world.come_of_age();
    world.admit.upkeep(0).unwrap();
    let token = super::post::emailed(&world.admit);
    let accepted = super::post::accept(&world.admit, super::post::with_password(&token)).unwrap();
    assert_eq!(accepted.client, Some(world.child));
}

#[test]
fn two_guardians_end_and_one_invitation_is_sent() {
    let world = world(Some("bo@example.org"));
    let (_, other, _) = client_with_login(&world.admit, &world.host, "Cy");
    let add = AddProxy { client: world.child, login: other, tie: GUARDIAN, ends_at: None };
    world.admit.run(&world.host, add, None).unwrap();
    world.come_of_age();
    // One thing at a time: the second tie ends in another commit than the first.
    let mut kept = Vec::new();
    for _ in 0..4 {
        let now = world.admit.upkeep(1).unwrap();
        kept.push((now.ended, now.invited));
    }
    assert_eq!(kept.iter().map(|it| it.0).sum::<u64>(), 2);
    assert_eq!(kept.iter().map(|it| it.1).sum::<u64>(), 1);
    assert_eq!(world.told("invitation"), ["bo@example.org"]);
}

#[test]
fn without_an_address_of_its_own_an_event_says_that_an_invitation_is_due() {
    for address in [None, Some("ADA@login.example.org")] {
        let world = world(address);
        world.come_of_age();
        let kept = world.admit.upkeep(0).unwrap();
        assert_eq!((kept.ended, kept.invited, kept.more), (1, 0, false));
        assert!(world.told("invitation").is_empty());
        assert_eq!(world.due(), ["no address of its own"]);
    }
}

#[test]
fn a_no_of_the_policy_or_a_missing_link_leaves_the_invitation_due() {
    let world = world(Some("bo@example.org"));
    let source = "return { invitation = function() return deny{ code = 'a', text = 'No.' } end }";
    install(&world.admit, source);
    world.come_of_age();
    assert_eq!(world.admit.upkeep(0).unwrap().invited, 0);
    assert_eq!(world.due(), ["ADMIT_POLICY_DENIED"]);
    let world = self::world(Some("bo@example.org"));
    // Fails for this client alone, so that it can be installed.
    let source = "return { invitation = function(request)
      if request.client and request.client.given_name == 'Bo' then error('asked') end
      return allow{}
    end }";
    install(&world.admit, source);
    world.come_of_age();
    assert_eq!(world.admit.upkeep(0).unwrap().ended, 1);
    assert_eq!(world.due(), ["ADMIT_POLICY_FAILED"]);
    assert!(happenings(&world.admit, &world.host).contains(&"script.failed"));
    let world = self::world(Some("bo@example.org"));
    world.settle(SettingsChange { invitation_link: Change::Clear, ..SettingsChange::default() });
    world.come_of_age();
    assert_eq!(world.admit.upkeep(0).unwrap().invited, 0);
    assert_eq!(world.due(), ["invitation_link"]);
}

#[test]
fn who_has_a_login_of_its_own_is_not_invited() {
    let world = world(Some("bo@example.org"));
    let own = super::plant::login(&world.admit, &world.host, "bo@login.example.org");
    super::plant::tie(&world.admit, &world.host, own, world.child, Tie::Myself);
    world.come_of_age();
    assert_eq!(world.admit.upkeep(0).unwrap().invited, 0);
    assert!(world.told("invitation").is_empty() && world.due().is_empty());
}

#[test]
fn an_end_that_was_named_is_kept_and_invites_nobody() {
    let world = world(Some("bo@example.org"));
    let mut other = create("Cy", "Held", Some("cy@example.org"));
    other.profile.birth = Some(birth("2008-01-06"));
    let other = world.admit.run(&world.host, other, None).unwrap();
    let soon = Timestamp::from_millis(world.clock.millis() + DAY);
    world.guard(other, Some(soon));
    world.settle(SettingsChange { majority: Some(21), ..SettingsChange::default() });
    world.clock.forward(DAY);
    let kept = world.admit.upkeep(0).unwrap();
    assert_eq!((kept.ended, kept.invited), (1, 0));
}

#[test]
fn the_birthday_begins_in_the_practices_zone() {
    let world = world(None);
    let zone = |name: &str| {
        let zone = Change::Set(Zone::parse(name).unwrap());
        world.settle(SettingsChange { zone, ..SettingsChange::default() });
        world.ends_at().unwrap()
    };
    assert_eq!(zone("Asia/Tokyo"), "2026-01-05T15:00:00.000Z");
    assert_eq!(zone("America/New_York"), "2026-01-06T05:00:00.000Z");
    zone("Africa/Cairo");
    // Egypt's clocks go from 00:00 to 01:00 on the last Friday of April.
    world.born(&world.host, Change::Set(birth("2008-04-24"))).unwrap();
    assert_eq!(world.ends_at().as_deref(), Some("2026-04-23T22:00:00.000Z"));
    world.born(&world.host, Change::Set(birth("2009-04-30"))).unwrap();
    assert_eq!(world.ends_at().as_deref(), Some("2027-04-29T22:00:00.000Z"));
}

#[test]
fn a_corrected_birth_date_moves_the_end() {
    let world = world(None);
    world.born(&world.host, Change::Set(birth("2010-02-28"))).unwrap();
    assert_eq!(world.ends_at().as_deref(), Some("2028-02-28T00:00:00.000Z"));
    world.born(&world.host, Change::Set(birth("2008-02-29"))).unwrap();
    assert_eq!(world.ends_at().as_deref(), Some("2026-03-01T00:00:00.000Z"));
    world.born(&world.host, Change::Clear).unwrap();
    assert_eq!(world.ends_at(), None);
    world.born(&world.host, Change::Set(birth("2008-01-06"))).unwrap();
    assert_eq!(world.ends_at().as_deref(), Some(BIRTHDAY));
    world.born(&world.host, Change::Set(birth("1999-01-06"))).unwrap();
    assert_eq!(refused(world.admit.client(&world.guardian, world.child)), Refusal::NotFound);
    assert_eq!(world.admit.upkeep(0).unwrap().ended, 1);
}

#[test]
fn an_adults_guardian_without_an_end_stays_one() {
    let world = world(None);
    let mut adult = create("Gran", "Held", None);
    adult.profile.birth = None;
    let adult = world.admit.run(&world.host, adult, None).unwrap();
    world.guard(adult, None);
    let change = ProfileChange { birth: Change::Set(birth("1940-05-05")), ..Default::default() };
    world
        .admit
        .run(&world.host, UpdateClient { client: adult, change, revision: 0 }, None)
        .unwrap();
    world.settle(SettingsChange { majority: Some(21), ..SettingsChange::default() });
    assert_eq!(world.admit.proxies(&world.host, adult).unwrap()[0].ends_at, None);
    assert!(world.admit.client(&world.guardian, adult).is_ok());
}

#[test]
fn neither_guardian_nor_child_moves_the_day_on_which_the_tie_ends() {
    let world = world(None);
    let own = super::plant::login(&world.admit, &world.host, "bo@login.example.org");
    super::plant::tie(&world.admit, &world.host, own, world.child, Tie::Myself);
    let own = acting(&world.host, admit::domain::actor::Who::Login { id: own, epoch: 1 });
    for actor in [&world.guardian, &own] {
        for change in [Change::Set(birth("2020-01-01")), Change::Clear] {
            assert_eq!(refused(world.born(actor, change)), Refusal::NotPermitted);
        }
        world.born(actor, Change::Set(birth("2008-01-06"))).unwrap();
    }
}

#[test]
fn the_age_of_majority_moves_every_end_the_first_thousand_at_once_and_the_rest_by_upkeep() {
    let world = world(None);
    let (practice, parent) = (practice_of(&world.host), world.parent);
    let last = plant(&world.admit, &world.host, move |unit| {
        let mut last = None;
        for at in 0..1_005 {
            let names = vec![crate::support::name("Kid", "Many")];
            let client = admit::domain::client::Client {
                id: unit.new_id(),
                practice,
                profile: admit::domain::client::Profile {
                    names,
                    email: (at == 0).then(|| email("kid@example.org")),
                    birth: Some(BirthDate::parse("2010-05-06").unwrap()),
                    ..Default::default()
                },
                stage: admit::domain::client::Stage::Registered,
                status: admit::domain::client::Status::Active,
                created_by: admit::domain::actor::Who::Host,
                created_at: unit.now(),
                updated_at: unit.now(),
                revision: 0,
            };
            unit.save_client(None, &client)?;
            last = Some(client.id).max(last);
        }
        let client = last.unwrap();
        let proxy = Proxy {
            id: unit.new_id(),
            practice,
            login: parent,
            client,
            tie: GUARDIAN,
            ends_at: Some(unit.now().plus(DAY)),
            until_of_age: true,
            ended_at: None,
            created_at: unit.now(),
        };
        admit::records::proxy::put(&mut unit.write, &proxy)?;
        Ok(client)
    });
    let end =
        |client| world.admit.proxies(&world.host, client).unwrap()[0].ends_at.unwrap().rfc3339();
    world.settle(SettingsChange { majority: Some(21), ..SettingsChange::default() });
    assert_eq!(world.ends_at().as_deref(), Some("2029-01-06T00:00:00.000Z"));
    assert_ne!(end(last), "2031-05-06T00:00:00.000Z");
    assert!(!world.admit.upkeep(0).unwrap().more);
    assert_eq!(end(last), "2031-05-06T00:00:00.000Z");
    world.settle(SettingsChange { majority: Some(16), ..SettingsChange::default() });
    assert_eq!(refused(world.admit.client(&world.guardian, world.child)), Refusal::NotFound);
}
