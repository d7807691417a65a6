//! `admit hooks run`: one hook on facts of one's own.

use super::files::{Files, text};
use super::{Bounds, Failure, say};
use admit::domain::id::PracticeId;
use admit::domain::script::Hook;
use admit::domain::time::Timestamp;
use admit::hooks::engine::{Call, Made};
use admit::hooks::given;
use admit::hooks::verdict::{DeletionVerdict, InvitationVerdict};
use serde_json::{Value as Json, json};
use std::io;
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;

/// The largest file of facts, in bytes.
const FACTS_MAX: usize = 1 << 20;

pub fn run(file: &Path, hook: Hook, facts: &Path, bounds: &Bounds) -> Result<(), Failure> {
    let engine = bounds.engine()?;
    let files = Files::read(&[file.to_owned()])?;
    let shown = facts.display();
    let json: Json =
        serde_json::from_str(&text(facts, FACTS_MAX, "a file of facts")?).map_err(|error| {
            Failure::usage(format_args!("{shown}:{}: {error}", error.line().max(1)))
        })?;
    let ask =
        given::ask(hook, &json).map_err(|why| Failure::usage(format_args!("{shown}: {why}")))?;

    let set =
        engine.load(files.scripts()).map_err(|fault| Failure::script(files.placed(&fault)))?;
    if set.place(hook).is_none() {
        let (file, hook) = (file.display(), hook.word());
        return Err(Failure::usage(format_args!("{file}: has no hook '{hook}'")));
    }
    let practice = PracticeId::from_uuid(Uuid::nil());
    let call = Call { practice, set: Arc::new(set), ask };
    for answer in engine.ask(vec![call], Timestamp::default()) {
        for line in &answer.log {
            say(&mut io::stderr(), format_args!("log: {line}"));
        }
        let made = answer.made.map_err(|fault| Failure::script(files.placed(&fault)))?;
        say(&mut io::stdout(), format_args!("{:#}", shape(made)));
    }
    Ok(())
}

/// What a hook made, in the shape in which scripts return it.
fn shape(made: Made) -> Json {
    match made {
        Made::Words(words) => {
            json!({ "subject": words.subject, "text": words.text, "html": words.html })
        }
        Made::Nothing => Json::Bool(false),
        Made::Deletion(verdict) => {
            let mut shape = match &verdict {
                DeletionVerdict::Deny { reasons } => json!({ "reasons": reasons }),
                DeletionVerdict::Schedule { days } => json!({ "days": days }),
                DeletionVerdict::Retain { ground } => json!({ "ground": ground }),
                DeletionVerdict::Erase | DeletionVerdict::RemoveLogin | DeletionVerdict::Leave => {
                    json!({})
                }
            };
            shape["verdict"] = verdict.word().into();
            shape
        }
        Made::Invitation(InvitationVerdict::Allow { expires_days, max_uses }) => {
            json!({ "verdict": "allow", "expires_days": expires_days, "max_uses": max_uses })
        }
        Made::Invitation(InvitationVerdict::Deny { reasons }) => {
            json!({ "verdict": "deny", "reasons": reasons })
        }
    }
}
