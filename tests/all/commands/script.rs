//! Scripts installed in a store: what they say is sent, what they forbid is refused, and what
//! breaks in them breaks nothing else.

use crate::commands::plant::happenings;
use crate::commands::post::{client, to_client, to_new_client};
use crate::support::{self, practice, store};
use admit::commands::Admit;
use admit::commands::invitation::{Row, SendInvitation};
use admit::commands::outbox::{Claim, Claimed};
use admit::commands::script::{ActivateScripts, Installed};
use admit::domain::actor::Actor;
use admit::domain::message::Delivery;
use admit::domain::refusal::Refusal;
use admit::domain::script::{Owner, Script, ScriptName, Version};
use admit::domain::time::DAY;
use admit::error::{Error, Result};
use admit::hooks::Limits;
use admit::hooks::fault::Code;
use std::time::Duration;

fn script(source: &str) -> Vec<Script> {
    let name = ScriptName::parse("notices.lua").unwrap();
    vec![Script { name, source: source.to_owned() }]
}

/// A script whose notices say a word.
fn saying(word: &str) -> String {
    format!(
        "return {{ notification = function(notice)
           local link = notice.link and (' ' .. notice.link) or ''
           return {{ subject = '{word}', text = notice.kind .. link }}
         end }}"
    )
}

fn install(admit: &Admit, actor: &Actor, source: &str) -> Result<Installed> {
    admit.install_scripts(actor, script(source), None)
}

fn product(admit: &Admit, source: &str) -> Installed {
    install(admit, &Actor::store_host(), source).unwrap()
}

fn version(owner: Owner, number: u32) -> Version {
    Version::Script { owner, number }
}

fn invited(admit: &Admit, host: &Actor, given: &str) {
    admit.run(host, to_new_client(given, &format!("{given}@example.org")), None).unwrap();
}

fn claimed(admit: &Admit) -> Claimed {
    let mut all = admit.claim(Claim::default()).unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

#[test]
fn a_message_speaks_as_the_script_in_force_does_and_names_its_version() {
    let (admit, _) = store();
    let host = practice(&admit);
    invited(&admit, &host, "Ben");
    product(&admit, &saying("Welcome"));
    let message = claimed(&admit);
    assert_eq!(
        (message.subject.as_str(), message.version),
        ("Welcome", version(Owner::Product, 1))
    );
    assert!(message.text.starts_with("invitation https://portal.example.org/invitation/"));
}

#[test]
fn a_practice_overrides_the_product_hook_by_hook() {
    let (admit, _) = store();
    let host = practice(&admit);
    product(&admit, &saying("Product"));
    let policy =
        "return { invitation = function() return deny{ code = 'closed', text = 'No.' } end }";
    install(&admit, &host, policy).unwrap();
    let refused = admit.run(&host, to_new_client("Ben", "ben@example.org"), None);
    assert!(matches!(refused, Err(Error::Denied(_))));
    install(&admit, &host, &saying("Practice")).unwrap();
    invited(&admit, &host, "Ben");
    assert_eq!(claimed(&admit).subject, "Practice");
    admit.run(&host, ActivateScripts { set: None }, None).unwrap();
    invited(&admit, &host, "Ana");
    assert_eq!(claimed(&admit).subject, "Product");
}

#[test]
fn an_earlier_version_is_put_back() {
    let (admit, _) = store();
    let (host, store_host) = (practice(&admit), Actor::store_host());
    let first = product(&admit, &saying("First"));
    product(&admit, &saying("Second"));
    admit.run(&store_host, ActivateScripts { set: Some(first.set) }, None).unwrap();
    invited(&admit, &host, "Ben");
    assert_eq!(claimed(&admit).subject, "First");
    let sets = admit.script_sets(&store_host).unwrap();
    let shown: Vec<_> = sets.iter().map(|set| (set.version.as_str(), set.is_active)).collect();
    assert_eq!(shown, [("product-2", false), ("product-1", true)]);
    let (_, sources) = admit.script_set(&store_host, first.set).unwrap();
    assert_eq!(sources[0].source, saying("First"));
}

#[test]
fn without_a_set_the_library_speaks_and_lets_invite() {
    let (admit, _) = store();
    let (host, store_host) = (practice(&admit), Actor::store_host());
    product(
        &admit,
        "return { invitation = function() return deny{ code = 'no', text = 'No.' } end }",
    );
    product(&admit, &saying("Scripted"));
    admit.run(&store_host, ActivateScripts { set: None }, None).unwrap();
    invited(&admit, &host, "Ben");
    assert_eq!(claimed(&admit).version, Version::BuiltIn);
    assert!(admit.script_sets(&store_host).unwrap().iter().all(|set| !set.is_active));
}

#[test]
fn a_set_of_another_owner_is_not_found() {
    let (admit, _) = store();
    let host = practice(&admit);
    let installed = product(&admit, &saying("Product"));
    let put_back = admit.run(&host, ActivateScripts { set: Some(installed.set) }, None);
    assert!(matches!(put_back, Err(Error::Refused(Refusal::NotFound))));
    let read = admit.script_set(&host, installed.set);
    assert!(matches!(read, Err(Error::Refused(Refusal::NotFound))));
}

#[test]
fn a_broken_set_is_refused_with_its_line_and_the_good_one_stays() {
    let (admit, _) = store();
    let host = practice(&admit);
    product(&admit, &saying("Good"));
    let cases = [
        ("return {", Code::Syntax, "notices.lua:1: "),
        ("local x = 1", Code::Syntax, "a script ends with: return { notification = ... }"),
        ("return { notifcation = function() end }", Code::Syntax, "did you mean 'notification'?"),
        ("return { deletion = 7 }", Code::Syntax, "the hook 'deletion' is no function"),
        (
            "return { notification = function(notice)\n  return notice.nmae\nend }",
            Code::Runtime,
            "notices.lua:2: no fact 'nmae' in notice",
        ),
        (
            "return { notification = function(notice)
               if notice.recipient.locale == 'ja' then error('no words') end
               return { subject = 'x', text = 'x ' .. (notice.link or '') }
             end }",
            Code::Runtime,
            "notices.lua:2: no words (tried: invitation ja",
        ),
        ("return { deletion = function() return true end }", Code::BadResult, "not a verdict"),
    ];
    for (source, code, says) in cases {
        match install(&admit, &Actor::store_host(), source) {
            Err(Error::Script(fault)) => {
                assert_eq!(fault.code, code, "{fault}");
                assert!(fault.to_string().contains(says), "{fault}");
            }
            other => panic!("{:?}", other.err()),
        }
    }
    let large = vec![script(&"-".repeat(65 << 10)).remove(0)];
    let refused = admit.install_scripts(&Actor::store_host(), large, None);
    assert!(matches!(refused, Err(Error::Invalid(invalid)) if invalid.field == "scripts"));
    invited(&admit, &host, "Ben");
    assert_eq!(claimed(&admit).subject, "Good");
}

#[test]
fn a_failing_script_leaves_the_built_in_words_and_an_event_without_what_it_said() {
    let (admit, _) = store();
    let host = practice(&admit);
    // The samples know no such name, so the set is installed.
    product(
        &admit,
        "return { notification = function(notice)
           if notice.recipient.given_name == 'Zoe' then error('Zoe is here') end
           return { subject = 'x', text = 'x ' .. (notice.link or '') }
         end }",
    );
    invited(&admit, &host, "Zoe");
    let message = claimed(&admit);
    assert_eq!(message.version, Version::BuiltIn);
    assert!(message.text.contains("https://portal.example.org/invitation/"));
    let page = admit.events(&host, Default::default(), None, 1).unwrap();
    let details = &page.items[0].details;
    assert_eq!(page.items[0].happening.word(), "script.failed");
    let detail = |name: &str| details.iter().find(|it| it.0 == name).map(|it| it.1.as_str());
    assert_eq!((detail("code"), detail("line")), (Some("runtime"), Some("2")));
    assert!(!format!("{details:?}").contains("Zoe"));
}

#[test]
fn the_first_claim_pins_the_version() {
    let (admit, clock) = store();
    let host = practice(&admit);
    product(&admit, &saying("First"));
    invited(&admit, &host, "Ben");
    let first = claimed(&admit);
    product(&admit, &saying("Second"));
    clock.forward(DAY / 24);
    let again = claimed(&admit);
    assert_eq!((again.subject.as_str(), again.delivery_key), ("First", first.delivery_key));
}

#[test]
fn an_optional_notice_is_not_sent_where_the_script_says_so() {
    let (admit, _) = store();
    let host = practice(&admit);
    product(
        &admit,
        "return { notification = function(notice)
           if notice.kind == 'staff_approved' then return false end
           return { subject = 'x', text = 'x ' .. (notice.link or '') }
         end }",
    );
    let add = admit::commands::staff::AddStaff {
        approved: Some(false),
        ..crate::commands::plant::add_staff(admit::domain::staff::Role::Practitioner, "Nora")
    };
    let nora = admit.run(&host, add, None).unwrap();
    admit
        .run(&host, admit::commands::staff::ApproveStaff { staff: nora, revision: 0 }, None)
        .unwrap();
    assert_eq!(admit.claim(Claim::default()).unwrap().len(), 0);
    let page = admit.messages(&host, Default::default(), None, 10).unwrap();
    assert_eq!(page.items[0].state.shown(), Delivery::Dropped);
}

const PROSPECTS: &str = "return { invitation = function(request)
  if request.client and request.client.stage == 'prospective' then
    return deny{ { code = 'prospective', text = 'Take the client on first.' } }
  end
  return allow{ expires_days = 2 }
end }";

#[test]
fn an_invitation_that_the_policy_denies_is_refused_with_its_reasons_and_leaves_nothing() {
    let (admit, _) = store();
    let host = practice(&admit);
    product(&admit, PROSPECTS);
    let lucia = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    match admit.run(&host, to_client(lucia), None) {
        Err(Error::Denied(reasons)) => {
            assert_eq!(reasons[0].code, "prospective");
            assert_eq!(reasons[0].text.as_str(), "Take the client on first.");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(admit.claim(Claim::default()).unwrap().len(), 0);
    assert_eq!(happenings(&admit, &host).last(), Some(&"access.refused"));
    let rows = vec![to_client(lucia), to_new_client("Ben", "ben@example.org")];
    let outcomes = admit.send_invitations(&host, rows, None).unwrap();
    assert!(matches!(&outcomes[0], Row::Denied(reasons) if reasons.len() == 1));
    assert!(matches!(&outcomes[1], Row::Sent(_)));
}

#[test]
fn a_policy_shortens_an_invitation_and_never_lengthens_it() {
    let (admit, clock) = store();
    let host = practice(&admit);
    product(&admit, PROSPECTS);
    for (days, expected) in [(7, 2), (1, 1)] {
        let to_ben = to_new_client("Ben", "ben@example.org");
        let send = SendInvitation { expires_in: Some(days * DAY), ..to_ben };
        let sent = admit.run(&host, send, None).unwrap();
        let view = admit.invitation(&host, sent.invitation).unwrap();
        assert_eq!(view.expires_at.millis(), clock.millis() + expected * DAY);
    }
}

#[test]
fn a_policy_that_fails_allows_nothing_and_says_where() {
    let (options, _) = support::options();
    let script_limits = Limits { time: Duration::from_secs(5), ..Limits::default() };
    let admit = Admit::in_memory(admit::commands::Options { script_limits, ..options }).unwrap();
    let host = practice(&admit);
    product(
        &admit,
        "return { invitation = function(request)
           if request.earlier.expired == 0 then while true do end end
           return allow{}
         end }",
    );
    let refused = admit.run(&host, to_new_client("Ben", "ben@example.org"), None);
    assert!(matches!(refused, Err(Error::Refused(Refusal::PolicyFailed))), "{refused:?}");
    assert!(happenings(&admit, &host).contains(&"script.failed"));
}

#[test]
fn a_version_is_the_same_word_in_rows_and_in_json() {
    for version in [
        Version::BuiltIn,
        Version::Facts,
        version(Owner::Product, 3),
        version(Owner::Practice, u32::MAX),
    ] {
        let json = serde_json::to_string(&version).unwrap();
        assert_eq!(json, format!("\"{version}\""));
        assert_eq!(serde_json::from_str::<Version>(&json).unwrap(), version);
    }
    for wrong in ["", "product", "product-", "product--1", "other-1", "builtin-en-2"] {
        assert!(Version::try_from(wrong.to_owned()).is_err(), "{wrong}");
    }
}
