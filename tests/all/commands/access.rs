//! The access table as a whole, and what `can` says before an action is tried.

use super::plant::{acting, client, client_with_login, invitation, offer, reasoned, seat};
use crate::support::{practice, refused, store};
use admit::commands::client::SetClientStatus;
use admit::domain::access::{Action, Reach, Relation, Standing};
use admit::domain::actor::Who;
use admit::domain::client::Status;
use admit::domain::id::{Noun, Thing};
use admit::domain::refusal::Refusal;
use admit::domain::staff::Role;
use std::fmt::Write;
use std::fs;

const GOLDEN: &str = "tests/all/commands/access.out";

fn cell(action: Action, standing: Standing) -> String {
    let relations = [Relation::Practice, Relation::Granted, Relation::Own];
    let answers = relations.iter().flat_map(|relation| {
        [false, true].map(|has_reason| match action.reach(standing).admit(*relation, has_reason) {
            Ok(()) => 'y',
            Err(Refusal::ReasonRequired) => 'r',
            Err(_) => '-',
        })
    });
    answers.collect()
}

#[test]
fn the_table_is_the_golden_matrix() {
    let mut printed = String::from(concat!(
        "Six answers a cell: in the practice, by a grant, its own; each without and with a reason.",
        "\ny yes, r with a reason alone, - no\n\n",
    ));
    write!(printed, "{:32}", "").unwrap();
    for standing in Standing::ALL {
        write!(printed, " {:12}", format!("{standing:?}")).unwrap();
    }
    for action in Action::ALL {
        write!(printed, "\n{:32}", action.word()).unwrap();
        for standing in Standing::ALL {
            write!(printed, " {:12}", cell(*action, standing)).unwrap();
        }
    }
    let printed: String = printed.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    if std::env::var_os("ADMIT_WRITE_GOLDEN").is_some() {
        fs::write(GOLDEN, &printed).unwrap();
    }
    assert_eq!(printed, fs::read_to_string(GOLDEN).unwrap(), "run with ADMIT_WRITE_GOLDEN=1");
}

#[test]
fn every_action_is_found_by_its_word() {
    for action in Action::ALL {
        assert_eq!(Action::find(action.word()), Some(*action));
    }
    assert_eq!(Action::find("client.eat"), None);
}

#[test]
fn can_answers_as_the_table_for_every_action_and_every_seat() {
    let (admit, _) = store();
    let host = practice(&admit);
    let ada = client(&admit, &host, "Ada", "Ash");
    let standings = [
        (host.clone(), Standing::Host),
        (seat(&admit, &host, Role::Admin).1, Standing::Admin),
        (seat(&admit, &host, Role::Practitioner).1, Standing::Practitioner),
        (seat(&admit, &host, Role::Assistant).1, Standing::Assistant),
        (seat(&admit, &host, Role::Member).1, Standing::Member),
        (acting(&host, Who::Visitor), Standing::Visitor),
    ];
    for (actor, standing) in standings {
        for action in Action::ALL {
            for (actor, has_reason) in [(actor.clone(), false), (reasoned(&actor), true)] {
                let expected = action.reach(standing).admit(Relation::Practice, has_reason);
                // The client waits for no deletion that could be called off.
                let expected = match *action {
                    Action::DeletionCallOff => expected.and(Err(Refusal::StatusNotAllowed)),
                    _ => expected,
                };
                let answer = admit.can(&actor, *action, Some(ada.into()));
                let answer = answer.map_err(|error| refused::<()>(Err(error)));
                assert_eq!(answer, expected, "{} as {standing:?}", action.word());
            }
        }
    }
}

#[test]
fn can_tells_own_and_granted_things_apart() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (id, own) = seat(&admit, &host, Role::Practitioner);
    let (other, _) = seat(&admit, &host, Role::Assistant);
    let mine = client(&admit, &own, "Ada", "Ash");
    let (bo, login, holder) = client_with_login(&admit, &host, "Bo");
    assert!(admit.can(&own, Action::ClientUpdate, Some(mine.into())).is_ok());
    let closed = admit.can(&own, Action::ClientUpdate, Some(bo.into()));
    assert_eq!(refused(closed), Refusal::NotPermitted);
    assert!(admit.can(&own, Action::StaffUpdate, Some(id.into())).is_ok());
    let closed = admit.can(&own, Action::StaffUpdate, Some(other.into()));
    assert_eq!(refused(closed), Refusal::NotPermitted);
    assert!(admit.can(&own, Action::ClientCreate, None).is_ok());
    assert!(admit.can(&holder, Action::ClientRead, Some(bo.into())).is_ok());
    let strange = admit.can(&holder, Action::ClientRead, Some(mine.into()));
    assert_eq!(refused(strange), Refusal::NotFound);
    assert!(admit.can(&holder, Action::LoginChangePassword, None).is_ok());
    assert!(admit.can(&holder, Action::LoginChangePassword, Some(login.into())).is_ok());
}

#[test]
fn can_knows_the_state_and_records_nothing() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (staff, own) = seat(&admit, &host, Role::Practitioner);
    let ada = client(&admit, &host, "Ada", "Ash");
    let sent = invitation(&admit, &host, offer(ada), "ada@example.org");
    assert!(admit.can(&host, Action::InvitationRevoke, Some(sent.into())).is_ok());
    admit
        .run(&host, SetClientStatus { client: ada, status: Status::Suspended, revision: 0 }, None)
        .unwrap();
    let before = admit.stats().unwrap().events;
    let can = |actor, action, thing| refused(admit.can(actor, action, Some(thing)));
    assert_eq!(can(&host, Action::InvitationSend, ada.into()), Refusal::ClientSuspended);
    assert_eq!(can(&host, Action::InvitationRevoke, sent.into()), Refusal::InvitationClosed);
    assert_eq!(can(&host, Action::StaffApprove, staff.into()), Refusal::StatusNotAllowed);
    assert_eq!(can(&own, Action::ClientRead, ada.into()), Refusal::NotPermitted);
    assert_eq!(admit.stats().unwrap().events, before);
}

#[test]
fn can_finds_nothing_of_another_practice_or_noun() {
    let (admit, _) = store();
    let (host, there) = (practice(&admit), practice(&admit));
    let bo = client(&admit, &there, "Bo", "Birch");
    let theirs = seat(&admit, &there, Role::Admin).0;
    let nouns = [
        Noun::Practice,
        Noun::Staff,
        Noun::Client,
        Noun::Login,
        Noun::Proxy,
        Noun::Invitation,
        Noun::Challenge,
        Noun::Grant,
        Noun::Room,
        Noun::Message,
        Noun::EraseOrder,
        Noun::Hold,
        Noun::Store,
        Noun::OpenLink,
        Noun::Batch,
    ];
    for noun in nouns {
        for id in [bo.uuid(), theirs.uuid(), uuid::Uuid::nil()] {
            let answer = admit.can(&host, Action::ClientRead, Some(Thing { noun, id }));
            assert_eq!(refused(answer), Refusal::NotFound);
        }
    }
}

/// Commands that ask no table: the bearer of a token has its authority, the store's own calls are
/// the product's.
const WITHOUT_ACTION: &[(&str, &str)] = &[
    ("AcceptInvitation", "a token is the authority"),
    ("DeclineInvitation", "a token is the authority"),
    ("ReissueInvitation", "a token is the authority"),
    ("Confirm", "a token is the authority"),
    ("Choose", "a token is the authority"),
    ("Lease", "a call of the store: the outbox"),
    ("Pin", "a call of the store: the outbox"),
    ("HandedOver", "a call of the store: the outbox"),
    ("Delivered", "a call of the store: the outbox"),
    ("Bounced", "a call of the store: the outbox"),
    ("Failed", "a call of the store: the outbox"),
    ("AcceptOpenLink", "a token is the authority"),
    ("TakePlace", "a token is the authority"),
    ("CompleteRegistration", "a token is the authority"),
    ("Certify", "a call of the store: scrubbing"),
    ("NoteScrub", "a call of the store: scrubbing"),
    ("NoteRotation", "a call of the store: its keys"),
    ("Compromise", "a call of the store: its keys"),
    ("InviteOfAge", "a call of the store: upkeep"),
    ("AcceptTime", "a call of the store: upkeep"),
    ("CreatePractice", "a call of the store: there is no practice yet"),
    ("KeepUp", "a call of the store: upkeep"),
];

fn sources(folder: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => sources(path.to_str().unwrap(), found),
            false => found.push(fs::read_to_string(path).unwrap()),
        }
    }
}

#[test]
fn every_command_has_an_action_that_it_asks_for_or_a_reason_to_have_none() {
    let mut files = Vec::new();
    sources("src/commands", &mut files);
    let mut without = Vec::new();
    let mut count = 0;
    for file in &files {
        for rest in file.split("Command for ").skip(1) {
            let name = rest.split([' ', '<']).next().unwrap();
            let action = rest.split("const ACTION: Option<Action> = ").nth(1).unwrap();
            count += 1;
            if action.starts_with("None") {
                without.push(name);
            }
        }
    }
    assert!(count > 50, "{count}");
    without.sort_unstable();
    let mut known: Vec<_> = WITHOUT_ACTION.iter().map(|(name, _)| *name).collect();
    known.sort_unstable();
    assert_eq!(without, known);
    // And every action is asked for somewhere, beyond the table itself.
    let all = files.concat();
    for line in fs::read_to_string("src/domain/access.rs").unwrap().lines() {
        let Some((action, _)) = line.trim().split_once(' ').filter(|_| line.ends_with("];")) else {
            continue;
        };
        if action.starts_with(char::is_uppercase) {
            assert!(all.contains(&format!("Action::{action}")), "nothing asks for {action}");
        }
    }
}

#[test]
fn the_host_gives_a_reason_for_what_it_does_in_a_persons_place_and_for_nothing_else() {
    let with_reason: Vec<_> = Action::ALL
        .iter()
        .filter(|action| action.reach(Standing::Host) == Reach::Reasoned)
        .map(|action| action.word())
        .collect();
    let expected = [
        "practice.export",
        "practice.erase",
        "staff.change_role",
        "invitation.show_link",
        "open_link.show",
        "login.set_temporary_password",
        "deletion.confirm",
        "hold.place",
        "hold.lift",
        "staff.end",
    ];
    assert_eq!(with_reason, expected);
}
