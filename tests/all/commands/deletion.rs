//! Plans: what a policy, a hold or the library itself says of a deletion, and of what.

use super::plant::{
    acting, client, client_with_login, happenings, login, plant, reasoned, seat, sit, tie,
};
use crate::support::{practice, refused, store};
use admit::commands::Admit;
use admit::commands::deletion::{Confirmed, PlaceHold, Plan, PlanDeletion};
use admit::commands::grant::GiveGrant;
use admit::domain::actor::{Actor, Who};
use admit::domain::deletion::{Code, HostFacts, Subject};
use admit::domain::grant::Grantee;
use admit::domain::id::{ClientId, HoldId, LoginId, Noun};
use admit::domain::login::Login;
use admit::domain::proxy::Tie;
use admit::domain::refusal::Refusal;
use admit::domain::script::{Script, ScriptName, Version};
use admit::domain::staff::Role;
use admit::domain::text::Reason;
use admit::domain::time::MINUTE;
use admit::error::{Error, Result};
use admit::hooks::request::Wanted;
use admit::hooks::verdict::DeletionVerdict;

/// Installs a product's script whose deletion hook is the given body.
pub fn policy(admit: &Admit, body: &str) {
    let source = format!("return {{ deletion = function(request) {body} end }}");
    install(admit, &source);
}

/// Fails for every client but the samples', so that it can be installed.
const FAILING: &str = "
  if request.client and request.client.given_name ~= 'Teo' then error('asked') end
  return deny{ code = 'a', text = 'b' }";

pub fn install(admit: &Admit, source: &str) {
    let name = ScriptName::parse("policy.lua").unwrap();
    let scripts = vec![Script { name, source: source.to_owned() }];
    admit.install_scripts(&Actor::store_host(), scripts, None).unwrap();
}

pub fn facts(counts: &[(&str, u32)]) -> HostFacts {
    let counts = counts.iter().map(|(kind, count)| (Code::parse(kind).unwrap(), *count));
    HostFacts::new(counts).unwrap()
}

pub fn asking(subject: Subject, wanted: Wanted) -> PlanDeletion {
    PlanDeletion { subject, wanted, host_facts: HostFacts::default() }
}

pub fn to_erase(client: ClientId) -> PlanDeletion {
    asking(Subject::Client(client), Wanted::Erase)
}

pub fn planned(admit: &Admit, actor: &Actor, asked: &PlanDeletion) -> Plan {
    admit.plan_deletion(actor, asked).unwrap()
}

/// Plans and confirms.
pub fn delete(admit: &Admit, actor: &Actor, asked: &PlanDeletion) -> Result<Confirmed> {
    let actor = reasoned(actor);
    let plan = admit.plan_deletion(&actor, asked)?;
    admit.confirm_deletion(&actor, &plan.token, &asked.host_facts, None)
}

pub fn hold(admit: &Admit, host: &Actor, client: ClientId) -> HoldId {
    let ground = Code::parse("legal_dispute").unwrap();
    admit.run(&reasoned(host), PlaceHold { client, ground, note: None }, None).unwrap()
}

pub fn codes(plan: &Plan) -> Vec<&str> {
    plan.reasons().iter().map(|reason| reason.code.as_str()).collect()
}

fn leave(login: LoginId) -> PlanDeletion {
    asking(Subject::Login(login), Wanted::Leave)
}

/// Lets a login have signed in.
fn signed_in(admit: &Admit, host: &Actor, id: LoginId) {
    plant(admit, host, move |unit| {
        let old = unit.look().login(id)?;
        unit.save_login(Some(&old), &Login { last_sign_in: Some(unit.now()), ..old.clone() })
    });
}

#[test]
fn without_a_script_nothing_is_deleted() {
    let (admit, _) = store();
    let host = practice(&admit);
    let ada = client(&admit, &host, "Ada", "Ash");
    let plan = planned(&admit, &host, &to_erase(ada));
    assert_eq!((codes(&plan), plan.version), (vec!["no_policy"], Version::BuiltIn));
    assert!(plan.would_go.is_empty());
    let denied = delete(&admit, &host, &to_erase(ada));
    assert!(matches!(denied, Err(Error::Denied(reasons)) if reasons[0].code == "no_policy"));
    assert!(admit.client(&host, ada).is_ok());
}

#[test]
fn a_failing_script_denies_and_its_failure_is_noted() {
    let (admit, _) = store();
    let host = practice(&admit);
    policy(&admit, FAILING);
    let ada = client(&admit, &host, "Ada", "Ash");
    let plan = planned(&admit, &host, &to_erase(ada));
    assert_eq!(codes(&plan), ["policy_failed"]);
    assert_eq!(happenings(&admit, &host)[2..], ["script.failed", "deletion.planned"]);
    let denied = delete(&admit, &host, &to_erase(ada));
    assert!(matches!(denied, Err(Error::Denied(reasons)) if reasons[0].code == "policy_failed"));
}

#[test]
fn a_plan_says_what_would_go_and_changes_nothing_but_the_trail() {
    let (admit, clock) = store();
    let host = practice(&admit);
    policy(&admit, "return allow.erase()");
    let (ada, _, _) = client_with_login(&admit, &host, "Ada");
    super::plant::invitation(&admit, &host, super::plant::offer(ada), "ada@example.org");
    let before = admit.client(&host, ada).unwrap();
    let plan = planned(&admit, &host, &to_erase(ada));
    assert_eq!(plan.verdict, DeletionVerdict::Erase);
    let gone: Vec<_> = plan.would_go.into_iter().collect();
    let nouns = [Noun::Client, Noun::Login, Noun::Proxy, Noun::Invitation];
    assert_eq!(gone, nouns.map(|noun| (noun, 1)));
    assert_eq!(plan.expires_at.millis(), clock.millis() + 15 * MINUTE);
    assert_eq!(plan.version.to_string(), "product-1");
    assert_eq!(admit.client(&host, ada).unwrap(), before);
    let page = admit.events(&host, Default::default(), None, 1).unwrap();
    let event = &page.items[0];
    assert_eq!(event.happening.word(), "deletion.planned");
    let text = format!("{:?}", event.details);
    for detail in ["(\"wanted\", \"erase\")", "(\"verdict\", \"erase\")", "product-1"] {
        assert!(text.contains(detail), "{text}");
    }
    assert!(!format!("{:?}", admit.plan_deletion(&host, &to_erase(ada))).contains("token"));
}

#[test]
fn a_verdict_that_goes_further_than_what_was_wanted_is_a_no() {
    let (admit, _) = store();
    let host = practice(&admit);
    let (ada, login, _) = client_with_login(&admit, &host, "Ada");
    let bo = client(&admit, &host, "Bo", "Birch");
    let (nora, _) = seat(&admit, &host, Role::Practitioner);
    let (ada, bo) = (Subject::Client(ada), Subject::Client(bo));
    let (nora, login) = (Subject::Staff(nora), Subject::Login(login));
    let cases = [
        ("leave()", ada, Wanted::Erase, false),
        ("remove_login()", ada, Wanted::Erase, true),
        ("remove_login()", bo, Wanted::Erase, false),
        ("schedule{ days = 3 }", ada, Wanted::Erase, true),
        ("erase()", ada, Wanted::RemoveLogin, false),
        ("remove_login()", ada, Wanted::RemoveLogin, true),
        ("remove_login()", bo, Wanted::RemoveLogin, false),
        ("leave()", ada, Wanted::Leave, false),
        ("erase()", nora, Wanted::Erase, false),
        ("leave()", nora, Wanted::Erase, true),
        ("leave()", nora, Wanted::Leave, true),
        ("leave()", nora, Wanted::RemoveLogin, false),
        ("leave()", login, Wanted::Leave, true),
        ("erase()", login, Wanted::Erase, false),
    ];
    for (verdict, subject, wanted, fits) in cases {
        policy(&admit, &format!("return allow.{verdict}"));
        let plan = planned(&admit, &host, &asking(subject, wanted));
        let expected: &[&str] = if fits { &[] } else { &["not_applicable"] };
        assert_eq!(codes(&plan), expected, "{verdict} for {subject:?}, {wanted:?}");
    }
}

#[test]
fn a_hold_denies_whatever_the_script_says() {
    let (admit, _) = store();
    let host = practice(&admit);
    policy(&admit, "return allow.erase()");
    let ada = client(&admit, &host, "Ada", "Ash");
    hold(&admit, &host, ada);
    let plan = planned(&admit, &host, &to_erase(ada));
    assert_eq!(codes(&plan), ["hold"]);
    let text = plan.reasons()[0].text.as_str();
    assert_eq!(text, "The client is held, on the ground legal_dispute.");
    let denied = delete(&admit, &host, &to_erase(ada));
    assert!(matches!(denied, Err(Error::Denied(reasons)) if reasons[0].code == "hold"));
    assert!(admit.client(&host, ada).is_ok());
}

#[test]
fn whoever_may_not_is_refused_before_the_script_is_asked() {
    let (admit, _) = store();
    let (host, there) = (practice(&admit), practice(&admit));
    policy(&admit, FAILING);
    let ada = client(&admit, &host, "Ada", "Ash");
    let (_, nora) = seat(&admit, &host, Role::Practitioner);
    let (_, _, bo) = client_with_login(&admit, &host, "Bo");
    let asked = to_erase(ada);
    assert_eq!(refused(admit.plan_deletion(&nora, &asked)), Refusal::NotPermitted);
    assert_eq!(refused(admit.plan_deletion(&bo, &asked)), Refusal::NotFound);
    assert_eq!(refused(admit.plan_deletion(&there, &asked)), Refusal::NotFound);
    let visitor = acting(&host, Who::Visitor);
    assert_eq!(refused(admit.plan_deletion(&visitor, &asked)), Refusal::NotPermitted);
    assert!(!happenings(&admit, &host).contains(&"script.failed"));
}

#[test]
fn a_script_knows_who_asks_for_what_and_what_there_is() {
    let (admit, _) = store();
    let host = practice(&admit);
    // Every fact is said back as the ground of a code.
    policy(
        &admit,
        "return deny{ code = string.format('%s_%s_%s_%s_%d_%d_%d_%d', request.asked_by.role,
           request.wanted, tostring(request.ever_signed_in), tostring(request.last_sign_in ~= nil),
           request.proxies, request.grants, request.invitations.pending, request.host.visits),
           text = 'x' }",
    );
    let (ada, own, holder) = client_with_login(&admit, &host, "Ada");
    let parent = login(&admit, &host, "parent@example.org");
    tie(&admit, &host, parent, ada, Tie::Guardian { relationship: None });
    let (nora, _) = seat(&admit, &host, Role::Practitioner);
    let (scopes, reason) = (Vec::new(), None);
    let grantee = Grantee::Staff(nora);
    let give = GiveGrant { client: ada, grantee, scopes, reason, ends_at: None };
    admit.run(&host, give, None).unwrap();
    super::plant::invitation(&admit, &host, super::plant::offer(ada), "ada@example.org");
    let asked = PlanDeletion { host_facts: facts(&[("visits", 4)]), ..to_erase(ada) };
    let said = |actor: &Actor| codes(&planned(&admit, actor, &asked)).concat();
    assert_eq!(said(&host), "host_erase_false_false_2_1_1_4");
    assert_eq!(said(&acting(&host, Who::Staff(nora))), "practitioner_erase_false_false_2_1_1_4");
    signed_in(&admit, &host, own);
    assert_eq!(said(&holder), "client_erase_true_true_2_1_1_4");
    let guardian = acting(&host, Who::Login { id: parent, epoch: 1 });
    assert_eq!(said(&guardian), "guardian_erase_true_true_2_1_1_4");
    let leave = PlanDeletion { host_facts: facts(&[("visits", 0)]), ..leave(parent) };
    let said = codes(&planned(&admit, &guardian, &leave)).concat();
    assert_eq!(said, "client_leave_false_false_1_0_0_0");
}

#[test]
fn the_default_script_erases_the_unused_schedules_the_used_and_keeps_what_is_left() {
    let (admit, _) = store();
    let host = practice(&admit);
    install(&admit, include_str!("../../../scripts/default.lua"));
    let (ada, own, _) = client_with_login(&admit, &host, "Ada");
    assert_eq!(planned(&admit, &host, &to_erase(ada)).verdict, DeletionVerdict::Erase);
    let left = PlanDeletion { host_facts: facts(&[("open_orders", 2)]), ..to_erase(ada) };
    let plan = planned(&admit, &host, &left);
    assert_eq!(codes(&plan), ["host_left"]);
    assert_eq!(plan.reasons()[0].text.as_str(), "Still there: 2 open_orders");
    signed_in(&admit, &host, own);
    let verdict = planned(&admit, &host, &to_erase(ada)).verdict;
    assert_eq!(verdict, DeletionVerdict::Schedule { days: 30 });
    let asked = asking(Subject::Client(ada), Wanted::RemoveLogin);
    assert_eq!(planned(&admit, &host, &asked).verdict, DeletionVerdict::RemoveLogin);
    let (nora, _) = seat(&admit, &host, Role::Practitioner);
    sit(&admit, &host, nora, login(&admit, &host, "nora@example.org"));
    let asked = asking(Subject::Staff(nora), Wanted::Leave);
    assert_eq!(planned(&admit, &host, &asked).verdict, DeletionVerdict::Leave);
}

#[test]
fn host_facts_are_at_most_64_kinds_each_named_once() {
    let code = |at: usize| (Code::parse(&format!("k{at}")).unwrap(), 1);
    assert!(HostFacts::new((0..64).map(code)).is_ok());
    assert_eq!(HostFacts::new((0..65).map(code)), Err(Reason::TooMany { max: 64 }));
    assert_eq!(HostFacts::new([code(1), code(1)]), Err(Reason::Excluded));
    for text in ["", "a b", "\u{e9}", "a-b", &"k".repeat(65)] {
        assert_eq!(Code::parse(text), Err(Reason::NotACode));
    }
    assert_eq!(Code::parse(&"K_9".repeat(21)).unwrap().as_str().len(), 63);
}
