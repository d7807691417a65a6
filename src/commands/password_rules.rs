//! What a new password must be, as data for the hint on a form.

use super::admit::Admit;
use super::look::{About, Look};
use super::password::policy;
use super::reach;
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Scope, Who};
use crate::domain::practice::Practice;
use crate::domain::refusal::Refusal;
use crate::error::Result;
use crate::records;
use crate::seal::password::{BYTES_MAX, context_words};
use serde::Serialize;
use std::collections::BTreeSet;

/// What a new password must be. There are no rules of composition (RULES S40).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PasswordRules {
    /// The fewest Unicode code points, after normalisation (RULES S37, S39).
    pub characters_min: usize,
    /// The most bytes of UTF-8 (RULES S38).
    pub bytes_max: usize,
    /// Whether upper case, digits or signs are asked for. They never are.
    pub has_composition_rules: bool,
    /// Whether common and guessable passwords are refused. They always are (RULES S41).
    pub refuses_common: bool,
    /// Words of which a password must not be made, folded to lower case: the practice's and the
    /// product's. The holder's own names are refused as well, and not told here (RULES S41).
    pub context_words: Vec<String>,
    /// Whether the host is asked about each new password, as a rule by a list of breached ones.
    pub has_breach_check: bool,
}

impl Admit {
    /// What a new password must be: for whoever may see the practice, a visitor too.
    ///
    /// At a portal of several practices nobody knows yet which of them the password opens, so the
    /// strictest length is told. A login is told by all that it reaches.
    ///
    /// # Errors
    /// What the access table says; `NotFound` for a portal without practices.
    pub fn password_rules(&self, actor: &Actor) -> Result<PasswordRules> {
        self.read(actor, |look| {
            let (practice, second_factor) = seen(look)?;
            let names = practice.iter().map(|practice| practice.name.as_str());
            let product = look.context.options.product.iter().map(|product| product.as_str());
            let names: Vec<&str> = names.chain(product).collect();
            let mut context_words = context_words(&names);
            let mut told = BTreeSet::new();
            context_words.retain(|word| told.insert(word.clone()));
            Ok(PasswordRules {
                characters_min: policy(second_factor).characters_min,
                bytes_max: BYTES_MAX,
                has_composition_rules: false,
                refuses_common: true,
                context_words,
                has_breach_check: look.context.options.password_check.is_some(),
            })
        })
    }
}

/// The practice that the password is for, where it is known, and whether a second factor counts.
fn seen(look: &mut Look<'_>) -> Result<(Option<Practice>, bool)> {
    if let Scope::Portal(_) = look.context.actor.scope {
        let portal = look.permit_at_portal(Action::PracticeRead)?;
        let found = records::practice::of_portal(look.read, portal, 2)?;
        let [only] = found[..] else { return Ok((None, false)) };
        let practice = records::practice::find(look.read, only)?.ok_or(Refusal::NotFound)?;
        let second_factor = practice.settings.second_factor;
        return Ok((Some(practice), second_factor));
    }
    if let Who::Login { id, .. } = look.context.actor.who {
        // A temporary password must be changed before anything else is read.
        look.permit(Action::LoginChangePassword, About::Login(id))?;
        let (login, practice) = (look.login(id)?, look.practice()?);
        let settings = reach::password_settings(look, &login, &practice)?;
        return Ok((Some(practice), settings.second_factor));
    }
    look.permit(Action::PracticeRead, About::Practice)?;
    let practice = look.practice()?;
    let second_factor = practice.settings.second_factor;
    Ok((Some(practice), second_factor))
}
