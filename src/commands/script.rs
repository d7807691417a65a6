//! Installing scripts: tried on every sample first, so that a broken set never replaces a good one.

use super::admit::{Admit, Command};
use super::audit::Note;
use super::look::{About, Look};
use super::unit::Unit;
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Scope, Who};
use crate::domain::event::Happening;
use crate::domain::id::{PracticeId, ScriptSetId};
use crate::domain::refusal::Refusal;
use crate::domain::script::{
    Hook, InForce, Script, ScriptSet, VERSIONS_KEPT, Version, require_fit,
};
use crate::domain::text::IdempotencyKey;
use crate::domain::time::Timestamp;
use crate::error::{Error, InField, Result};
use crate::hooks::fault::Fault;
use crate::records;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// A set was installed, and speaks from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Installed {
    /// Which.
    pub set: ScriptSetId,
    /// What its messages and verdicts name.
    pub version: Version,
}

#[derive(Serialize)]
struct Install {
    scripts: Vec<Script>,
    hooks: Vec<(Hook, u8)>,
    digest: [u8; 32],
}

/// Whose scripts an actor manages: its practice's, or the product's for the host of the store.
fn owner(look: &mut Look<'_>, action: Action) -> Result<Option<PracticeId>> {
    match (look.context.actor.scope, look.context.actor.who) {
        (Scope::Store, Who::Host) => Ok(None),
        (Scope::Practice(practice), _) => {
            look.permit(action, About::Practice)?;
            Ok(Some(practice))
        }
        _ => Err(Refusal::NotPermitted.into()),
    }
}

/// The product's scripts belong to no practice; their events have a chain of their own.
fn chain(practice: Option<PracticeId>) -> PracticeId {
    practice.unwrap_or(PracticeId::from_uuid(Uuid::nil()))
}

impl Command for Install {
    type Done = Installed;
    const ACTION: Option<Action> = Some(Action::ScriptManage);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<Installed> {
        let practice = owner(&mut unit.look(), Action::ScriptManage)?;
        let earlier = records::script::of_owner(&mut unit.write, practice)?;
        let number = earlier.first().map_or(0, |set| set.number) + 1;
        let in_force = records::script::in_force(&mut unit.write, practice)?;
        let spoke = in_force.map(|it| it.set);
        for old in earlier.iter().skip(VERSIONS_KEPT - 1).filter(|old| Some(old.id) != spoke) {
            records::script::remove(&mut unit.write, old)?;
        }
        let set = ScriptSet {
            id: unit.new_id(),
            practice,
            number,
            scripts: self.scripts.clone(),
            hooks: self.hooks.clone(),
            digest: self.digest,
            installed_by: unit.context.actor.who,
            installed_at: unit.now(),
        };
        records::script::put(&mut unit.write, &set)?;
        let version = set.version();
        let note = Note::done(chain(practice), Happening::ScriptsInstalled, set.id)
            .with("version", version)
            .with("digest", data_encoding::HEXLOWER.encode(&set.digest));
        unit.note(note);
        speak(unit, &set)?;
        Ok(Installed { set: set.id, version })
    }
}

fn speak(unit: &mut Unit<'_>, set: &ScriptSet) -> Result<()> {
    let hooks = set.hooks.iter().map(|(hook, _)| *hook).collect();
    let in_force = InForce { set: set.id, version: set.version(), hooks };
    Ok(records::script::put_in_force(&mut unit.write, set.practice, Some(&in_force))?)
}

/// Puts an earlier version back, or lets none speak: then the product's speaks for a practice,
/// and the library's own words and rules for the product.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct ActivateScripts {
    /// Which version; None for none.
    pub set: Option<ScriptSetId>,
}

impl Command for ActivateScripts {
    type Done = ();
    const ACTION: Option<Action> = Some(Action::ScriptManage);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<()> {
        let practice = owner(&mut unit.look(), Action::ScriptManage)?;
        let (object, version) = match self.set {
            Some(id) => {
                let set = records::script::find(&mut unit.write, id)?;
                let set = set.filter(|set| set.practice == practice).ok_or(Refusal::NotFound)?;
                speak(unit, &set)?;
                (set.id, set.version().to_string())
            }
            None => {
                let spoke = records::script::in_force(&mut unit.write, practice)?;
                records::script::put_in_force(&mut unit.write, practice, None)?;
                let nothing = ScriptSetId::from_uuid(Uuid::nil());
                (spoke.map_or(nothing, |it| it.set), "none".to_owned())
            }
        };
        let note = Note::done(chain(practice), Happening::ScriptsActivated, object);
        unit.note(note.with("version", version));
        Ok(())
    }
}

/// A version as a list shows it.
#[derive(Debug, Clone, Serialize)]
pub struct SetView {
    /// Its id.
    pub id: ScriptSetId,
    /// What its messages and verdicts name.
    pub version: String,
    /// Whether it speaks now.
    pub is_active: bool,
    /// The names of its scripts.
    pub scripts: Vec<String>,
    /// The hooks that it has.
    pub hooks: Vec<Hook>,
    /// SHA-256 over names and sources, in hexadecimal.
    pub digest: String,
    /// Who installed it.
    pub installed_by: Who,
    /// When.
    pub installed_at: Timestamp,
}

pub(super) fn view(set: &ScriptSet, spoke: Option<&InForce>) -> SetView {
    SetView {
        id: set.id,
        version: set.version().to_string(),
        is_active: spoke.is_some_and(|it| it.set == set.id),
        scripts: set.scripts.iter().map(|script| script.name.as_str().to_owned()).collect(),
        hooks: set.hooks.iter().map(|(hook, _)| *hook).collect(),
        digest: data_encoding::HEXLOWER.encode(&set.digest),
        installed_by: set.installed_by,
        installed_at: set.installed_at,
    }
}

impl Admit {
    /// Installs a set and lets it speak: the product's for the host of the store, else the
    /// practice's. It is compiled and tried on every sample first; messages that wait speak by it.
    ///
    /// # Errors
    /// `Script` with script, line and message where it does not hold; the set in force stays.
    /// `Invalid` where scripts are missing, too many, too large or share a name.
    pub fn install_scripts(
        &self,
        actor: &Actor,
        scripts: Vec<Script>,
        key: Option<&IdempotencyKey>,
    ) -> Result<Installed> {
        let context = Arc::new(self.context(actor)?);
        // A check is dear, so whoever may not install is told before it.
        self.read_in(context.clone(), |look| owner(look, Action::ScriptManage))?;
        require_fit(&scripts).field("scripts")?;
        let set = Arc::new(self.scripts().engine.load(scripts.clone()).map_err(Error::Script)?);
        let failures = self.scripts().engine.try_out(&set, context.now, 1);
        if let Some((tried, fault)) = failures.into_iter().next() {
            let message = format!("{} (tried: {tried})", fault.message);
            return Err(Error::Script(Fault::new(fault.code, &fault.script, fault.line, &message)));
        }
        let place = |at: usize| u8::try_from(at).unwrap_or(u8::MAX);
        let hooks = set.hooks.iter().map(|(hook, at)| (*hook, place(*at))).collect();
        self.run_in(context, Install { scripts, hooks, digest: set.digest }, key)
    }

    /// The versions of the product's scripts for the host of the store, else of the practice's,
    /// latest first.
    ///
    /// # Errors
    /// What the access table says.
    pub fn script_sets(&self, actor: &Actor) -> Result<Vec<SetView>> {
        self.read(actor, |look| {
            let practice = owner(look, Action::ScriptRead)?;
            let spoke = records::script::in_force(look.read, practice)?;
            let sets = records::script::of_owner(look.read, practice)?;
            Ok(sets.iter().map(|set| view(set, spoke.as_ref())).collect())
        })
    }

    /// One version with its sources.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn script_set(&self, actor: &Actor, id: ScriptSetId) -> Result<(SetView, Vec<Script>)> {
        self.read(actor, |look| {
            let practice = owner(look, Action::ScriptRead)?;
            let set = records::script::find(look.read, id)?;
            let set = set.filter(|set| set.practice == practice).ok_or(Refusal::NotFound)?;
            let spoke = records::script::in_force(look.read, practice)?;
            Ok((view(&set, spoke.as_ref()), set.scripts))
        })
    }
}
