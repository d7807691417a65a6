//! Sign-in names as they are typed: what they may mean, and what failures are counted by.

use super::context::Context;
use crate::domain::id::{LoginId, PortalId};
use crate::domain::login::Login;
use crate::domain::text::{Email, Username};
use crate::error::Result;
use crate::records;
use crate::store::Read;

/// A sign-in name as it was typed, be it any text at all.
#[derive(Clone)]
pub(super) struct SignInName {
    email: Option<Email>,
    username: Option<Username>,
    counted: String,
}

impl SignInName {
    /// Reads any text; what can be no name behaves like a name that nobody has.
    pub fn new(context: &Context, text: &str) -> Self {
        let email = Email::parse(text).ok();
        let username = Username::parse(text).ok();
        let counted = counted(text).unwrap_or_else(|| {
            let digest = context.digest("no sign-in name", &[text.as_bytes()]);
            data_encoding::HEXLOWER.encode(&digest)
        });
        Self { email, username, counted }
    }

    /// The one form under which every spelling of the name is counted.
    pub fn counted(&self) -> &str {
        &self.counted
    }

    /// The address, where it is one.
    pub const fn email(&self) -> Option<&Email> {
        self.email.as_ref()
    }

    /// The login of this name, if there is one.
    pub fn find(&self, read: &mut dyn Read, portal: PortalId) -> Result<Option<Login>> {
        let mut found: Option<LoginId> = None;
        let email = self.email.iter().map(Email::canonical);
        // A user name may look like an address, and has a canonical form of its own.
        for canonical in email.chain(self.username.iter().map(Username::canonical)) {
            let holder = records::login::find_by_name(read, portal, canonical)?;
            found = found.or(holder);
        }
        match found {
            Some(id) => Ok(records::login::find(read, id)?),
            None => Ok(None),
        }
    }
}

fn counted(text: &str) -> Option<String> {
    let email = Email::parse(text).ok();
    let text = email.as_ref().map_or(text, Email::canonical);
    let username = Username::parse(text).ok().map(|name| name.canonical().to_owned());
    username.or_else(|| email.map(|email| email.canonical().to_owned()))
}

/// The forms under which the names of a login are counted; one without a name counts by its id.
pub(super) fn counted_names(login: &Login) -> Vec<String> {
    let email = login.email.iter().map(Email::as_str);
    let names = email.chain(login.username.iter().map(Username::as_str));
    let mut names: Vec<String> = names.filter_map(counted).collect();
    names.dedup();
    if names.is_empty() {
        names.push(login.id.to_string());
    }
    names
}
