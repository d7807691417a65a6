//! One write: an overlay of its own, the events it noted, and the people it touched.

use super::audit::{self, Note};
use super::context::Context;
use super::look::Look;
use super::person;
use super::proxy;
use crate::domain::client::Client;
use crate::domain::id::{Id, Thing};
use crate::domain::invitation::Invitation;
use crate::domain::login::Login;
use crate::domain::refusal::Refusal;
use crate::domain::staff::Staff;
use crate::domain::text::{Email, Reason, Username};
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::records;
use crate::records::login::Taken;
use crate::seal::random::{Stream, uuid_v7};
use crate::store::{Changes, Overlay, Read};
use std::collections::BTreeSet;
use uuid::Uuid;

/// What one command may change, in bytes.
const UNIT_BYTES_MAX: usize = 48 << 20;

/// What a command writes on. Dropped unfinished, it leaves no trace.
pub struct Unit<'w> {
    /// The rows, with this command's own changes.
    pub write: Overlay<'w>,
    /// What the command knows.
    pub context: &'w Context,
    stream: Stream,
    notes: Vec<Note>,
    warnings: Vec<String>,
    touched: BTreeSet<Thing>,
    erased: Vec<Uuid>,
}

impl<'w> Unit<'w> {
    /// Begins.
    pub fn new(base: &'w mut dyn Read, context: &'w Context) -> Self {
        Self {
            write: Overlay::new(base, UNIT_BYTES_MAX),
            stream: Stream::new(&context.seed),
            context,
            notes: Vec::new(),
            warnings: Vec::new(),
            touched: BTreeSet::new(),
            erased: Vec::new(),
        }
    }

    /// The time of the command.
    pub const fn now(&self) -> Timestamp {
        self.context.now
    }

    /// A view of what is there now, with this command's own changes.
    pub fn look(&mut self) -> Look<'_> {
        Look { read: &mut self.write, context: self.context }
    }

    /// Makes an id; the same one when the command runs again.
    pub fn new_id<N>(&mut self) -> Id<N> {
        Id::from_uuid(uuid_v7(self.context.now.millis(), &mut self.stream))
    }

    /// Takes random bytes; the same ones when the command runs again.
    pub fn random<const N: usize>(&mut self) -> [u8; N] {
        self.stream.bytes()
    }

    /// Notes what happened, for the audit trail.
    pub fn note(&mut self, note: Note) {
        self.notes.push(note);
    }

    /// Warns the host's log of something, once the command is durable; nothing personal, no secret.
    pub fn warn(&mut self, line: String) {
        self.warnings.push(line);
    }

    /// Takes the warnings out, for whoever makes the command durable.
    pub(super) fn take_warnings(&mut self) -> Vec<String> {
        std::mem::take(&mut self.warnings)
    }

    /// Notes that something hanging on a client, a seat or an unbound invitation has changed.
    pub fn touch(&mut self, thing: impl Into<Thing>) {
        self.touched.insert(thing.into());
    }

    /// Has a person's key destroyed once the events are sealed, those of this command too.
    pub fn erase_person(&mut self, person: Uuid) {
        self.erased.push(person);
    }

    /// Saves a client. With its day of birth the ends of its guardians move.
    ///
    /// # Errors
    /// `ExternalIdTaken`.
    pub fn save_client(&mut self, old: Option<&Client>, new: &Client) -> Result<()> {
        self.touch(new.id);
        if !records::client::put(&mut self.write, old, new)? {
            return Err(Refusal::ExternalIdTaken.into());
        }
        if old.is_some_and(|old| old.profile.birth != new.profile.birth)
            && let Some(practice) = records::practice::find(&mut self.write, new.practice)?
        {
            proxy::move_ends(self, new, &practice)?;
        }
        Ok(())
    }

    /// Saves a seat.
    ///
    /// # Errors
    /// `ExternalIdTaken`.
    pub fn save_staff(&mut self, old: Option<&Staff>, new: &Staff) -> Result<()> {
        self.touch(new.id);
        if records::staff::put(&mut self.write, old, new)? {
            Ok(())
        } else {
            Err(Refusal::ExternalIdTaken.into())
        }
    }

    /// Saves an invitation, and touches what it is about.
    ///
    /// # Errors
    /// What the store gives.
    pub fn save_invitation(&mut self, old: Option<&Invitation>, new: &Invitation) -> Result<()> {
        match (new.client(), new.seat()) {
            (Some(client), _) => self.touch(client),
            (None, Some(staff)) => self.touch(staff),
            (None, None) => self.touch(new.id),
        }
        if old.is_some_and(|old| old.client() != new.client()) {
            self.touch(new.id);
        }
        Ok(records::invitation::put(&mut self.write, old, new)?)
    }

    /// Saves a login, counts the change, and touches the seats and clients that it holds.
    ///
    /// # Errors
    /// `NameTaken` or `IdentityTaken`.
    pub fn save_login(&mut self, old: Option<&Login>, new: &Login) -> Result<()> {
        if let Some(username) = &new.username
            && old.is_none_or(|old| old.username != new.username)
        {
            require_own_name(username, new.email.as_ref())?;
        }
        let now = self.now();
        let new = Login { updated_at: now, revision: new.revision + 1, ..new.clone() };
        match records::login::put(&mut self.write, old, &new)? {
            Ok(()) => {}
            Err(Taken::Name) => return Err(Refusal::NameTaken.into()),
            Err(Taken::Identity) => return Err(Refusal::IdentityTaken.into()),
        }
        for seat in records::staff::of_login(&mut self.write, new.id)? {
            self.touch(seat.id);
        }
        for proxy in records::proxy::of_login(&mut self.write, new.id)? {
            if proxy.is_live(now) {
                self.touch(proxy.client);
            }
        }
        Ok(())
    }

    /// Ends the command: counts revisions, renews list rows, chains the events, and gives all
    /// changes for the transaction below.
    ///
    /// # Errors
    /// What the store gives.
    pub fn finish(mut self) -> Result<Changes> {
        for thing in std::mem::take(&mut self.touched) {
            person::renew(&mut self, thing)?;
        }
        let notes = std::mem::take(&mut self.notes);
        audit::append(&mut self, notes)?;
        let now = self.now();
        for person in std::mem::take(&mut self.erased) {
            records::care::owe_scrub(&mut self.write, now)?;
            records::event::destroy_key(&mut self.write, person)?;
        }
        Ok(self.write.into_changes()?)
    }
}

/// Names and addresses share one space: as a user name, an address would take another's place.
///
/// # Errors
/// `Invalid` for an address that is not the login's own.
pub(super) fn require_own_name(username: &Username, own: Option<&Email>) -> Result<()> {
    match Email::parse(username.as_str()) {
        Ok(address) if own.is_none_or(|own| own.canonical() != address.canonical()) => {
            Err(Reason::AnothersAddress.in_field("username").into())
        }
        _ => Ok(()),
    }
}
