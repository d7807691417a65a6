//! RULES S60: each change of state is one event of one commit, a refusal is one event alone, and
//! what could not even be read leaves no trace.

use super::deletion::{asking, policy};
use super::plant::{add_staff, client, client_with_login, create, practice_of, seat};
use super::post::{rows, to_client};
use crate::support::{line, practice, reasoned, refused, store};
use admit::commands::client::{ProfileChange, SetClientStatus, UpdateClient};
use admit::commands::deletion::{LiftHold, PlaceHold};
use admit::commands::event::{Entry, EventFilter};
use admit::commands::grant::{GiveGrant, WithdrawGrant};
use admit::commands::invitation::{RevokeInvitation, SendInvitation};
use admit::commands::login_change::{EndSessions, RemoveLogin};
use admit::commands::practice::{ReactivatePractice, SuspendPractice, UpdatePractice};
use admit::commands::proxy::{AddProxy, EndProxy};
use admit::commands::room::{AssignRoom, CreateRoom, Member, RenameRoom, UnassignRoom};
use admit::commands::staff::{ReactivateStaff, SuspendStaff};
use admit::commands::{Admit, Change, Command};
use admit::domain::actor::Actor;
use admit::domain::client::Status;
use admit::domain::deletion::{Code, Subject};
use admit::domain::event::Outcome;
use admit::domain::grant::Grantee;
use admit::domain::proxy::Tie;
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use admit::error::{Error, Result};
use admit::hooks::request::Wanted;

struct World {
    admit: Admit,
    host: Actor,
}

impl World {
    fn entries(&self) -> Vec<Entry> {
        self.admit.events(&self.host, EventFilter::default(), None, 500).unwrap().items
    }

    /// Runs a command, and gives its answer with the entries it wrote and the commits it took.
    fn noted<C: Command>(&self, actor: &Actor, command: C) -> (Result<C::Done>, Vec<Entry>, u64) {
        let (before, commits) = (self.entries().len(), self.admit.store().commits());
        let answer = self.admit.run(actor, command, None);
        let commits = self.admit.store().commits() - commits;
        let mut entries = self.entries();
        entries.truncate(entries.len() - before);
        (answer, entries, commits)
    }

    /// A change: one entry that says it, in one commit.
    fn one<C: Command>(&self, word: &str, command: C) -> C::Done {
        let (answer, entries, commits) = self.noted(&self.host, command);
        let done = answer.unwrap_or_else(|error| panic!("{word}: {error}"));
        let words: Vec<_> = entries.iter().map(|entry| entry.happening.word()).collect();
        assert_eq!((words, commits), (vec![word], 1));
        assert!(matches!(entries[0].outcome, Outcome::Done), "{word}");
        done
    }
}

#[test]
fn s60_each_change_is_one_event_of_one_commit() {
    let (admit, _) = store();
    let host = reasoned(&practice(&admit));
    let world = World { admit, host };
    let ada = world.one("client.created", create("Ada", "Ash", Some("ada@example.org")));
    let change = ProfileChange { phone: Change::Clear, ..ProfileChange::default() };
    world.one("client.updated", UpdateClient { client: ada, change, revision: 0 });
    let nora = world.one("staff.added", add_staff(Role::Practitioner, "Nora"));
    let room = world.one("room.created", CreateRoom { name: line("North"), external_id: None });
    world.one("room.renamed", RenameRoom { room, name: line("South"), revision: 0 });
    let member = Member::Client(ada);
    world.one("room.assigned", AssignRoom { room, member });
    world.one("room.unassigned", UnassignRoom { room, member });
    let grantee = Grantee::Staff(nora);
    let give = GiveGrant { client: ada, grantee, scopes: Vec::new(), reason: None, ends_at: None };
    let grant = world.one("grant.given", give);
    world.one("grant.withdrawn", WithdrawGrant { grant });
    let sent = world.one("invitation.sent", to_client(ada));
    world.one("invitation.renewed", to_client(ada));
    world.one("invitation.revoked", RevokeInvitation { invitation: sent.invitation });
    let (cy, own, _) = client_with_login(&world.admit, &world.host, "Cy");
    let tie = Tie::Guardian { relationship: None };
    let add = AddProxy { client: ada, login: own, tie, ends_at: None };
    let proxy = world.one("proxy.added", add);
    world.one("proxy.ended", EndProxy { proxy });
    world.one("login.sessions_ended", EndSessions { login: own });
    for status in [Status::Suspended, Status::Active, Status::Deactivated] {
        let set = SetClientStatus { client: cy, status, revision: 0 };
        world.one("client.status_changed", set);
    }
    let ground = Code::parse("dispute").unwrap();
    let hold = world.one("hold.placed", PlaceHold { client: ada, ground, note: None });
    world.one("hold.lifted", LiftHold { hold });
    world.one("staff.suspended", SuspendStaff { staff: nora, revision: 0 });
    world.one("staff.reactivated", ReactivateStaff { staff: nora, revision: 0 });
    let name = Some(line("Birch Clinic"));
    world.one("practice.updated", UpdatePractice { name, ..UpdatePractice::default() });
    world.one("practice.suspended", SuspendPractice);
    world.one("practice.reactivated", ReactivatePractice);
    policy(&world.admit, "return allow.erase()");
    let before = world.entries().len();
    let asked = asking(Subject::Client(ada), Wanted::Erase);
    world.admit.plan_deletion(&world.host, &asked).unwrap();
    assert_eq!(world.entries().len(), before + 1);
    let verified = world.admit.verify(&world.host, None).unwrap();
    assert!(verified.broken_at.is_none());
}

#[test]
fn s60_a_refusal_is_one_event_that_changes_nothing_and_a_fault_leaves_no_trace() {
    let (admit, _) = store();
    let host = reasoned(&practice(&admit));
    let ada = client(&admit, &host, "Ada", "Ash");
    let (_, nora) = seat(&admit, &host, Role::Practitioner);
    let world = World { admit, host };
    let suspend = |revision| SetClientStatus { client: ada, status: Status::Suspended, revision };
    let (answer, entries, commits) = world.noted(&nora, suspend(0));
    assert_eq!(refused(answer), Refusal::NotPermitted);
    let told: Vec<_> = entries.iter().map(|it| (it.happening.word(), it.who)).collect();
    assert_eq!((told, commits), (vec![("access.refused", nora.who)], 1));
    assert!(matches!(entries[0].outcome, Outcome::Refused(Refusal::NotPermitted)));
    assert_eq!(world.admit.client(&world.host, ada).unwrap().status, Status::Active);
    // What is no refusal of a rule but a mistake of the caller's is not of the trail.
    let before = rows(&world.admit, "invitation");
    let wrong = SendInvitation { expires_in: Some(0), ..to_client(ada) };
    let (answer, entries, _) = world.noted(&world.host, wrong);
    assert!(matches!(answer, Err(Error::Invalid(_))), "{:?}", answer.err());
    assert_eq!((entries.len(), rows(&world.admit, "invitation")), (0, before));
    let (id, _, _) = client_with_login(&world.admit, &world.host, "Cy");
    let there = practice(&world.admit);
    assert_ne!(practice_of(&there), practice_of(&world.host));
    let strange = world.admit.client(&there, id);
    assert_eq!(refused(strange), Refusal::NotFound);
    let gone = RemoveLogin { login: admit::domain::id::LoginId::from_uuid(id.uuid()) };
    let (answer, _, _) = world.noted(&world.host, gone);
    assert_eq!(refused(answer), Refusal::NotFound);
}
