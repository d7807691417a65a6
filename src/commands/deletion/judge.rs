//! What may be done of what is wanted: holds first, then the product's policy.

use crate::commands::look::About;
use crate::commands::unit::Unit;
use crate::commands::{policy, subject};
use crate::domain::access::{Action, Standing};
use crate::domain::actor::Who;
use crate::domain::client::{Client, Status};
use crate::domain::deletion::{HostFacts, Subject};
use crate::domain::grant::Grantee;
use crate::domain::item::Tally;
use crate::domain::login::{self, Login};
use crate::domain::practice::Practice;
use crate::domain::proxy::{Proxy, Tie};
use crate::domain::refusal::Refusal;
use crate::domain::script::{Hook, Version};
use crate::domain::staff::{self, Staff};
use crate::domain::text::Line;
use crate::error::{Error, InField, Result};
use crate::hooks::engine::{Ask, Made};
use crate::hooks::facts;
use crate::hooks::request::{Actor, DeletionFacts, Wanted};
use crate::hooks::verdict::{DeletionVerdict, REASONS_MAX, Reason};
use crate::records;
use crate::store::StoreError;
use serde::{Deserialize, Serialize};

/// What is wanted for whom, and what the host counts of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Asked {
    /// For whom.
    pub subject: Subject,
    /// What.
    pub wanted: Wanted,
}

/// The subject as it is.
pub(super) enum Found {
    Client(Box<Client>),
    Staff(Box<Staff>),
    Login(Box<Login>),
}

/// A request that the access table has let through.
pub(super) struct Case {
    pub asked: Asked,
    pub found: Found,
    pub practice: Practice,
    standing: Standing,
}

/// What was decided, and by which policy.
pub(super) struct Judgement {
    pub verdict: DeletionVerdict,
    pub version: Version,
}

/// A no of the library's own.
fn no(code: &str, text: &str) -> Result<DeletionVerdict> {
    let text = Line::parse(text).field("reason")?;
    Ok(DeletionVerdict::Deny { reasons: vec![Reason { code: code.to_owned(), text }] })
}

fn not_applicable(text: &str) -> Result<Option<DeletionVerdict>> {
    no("not_applicable", text).map(Some)
}

impl Case {
    /// Loads the subject, once the access table permits the action on it.
    ///
    /// # Errors
    /// `NotFound`, and what the access table says.
    pub fn load(unit: &mut Unit<'_>, asked: Asked, action: Action) -> Result<Self> {
        let mut look = unit.look();
        let (found, about) = match asked.subject {
            Subject::Client(id) => (Found::Client(look.client(id)?.into()), About::Client(id)),
            Subject::Staff(id) => (Found::Staff(look.staff(id)?.into()), About::Staff(id)),
            Subject::Login(id) => (Found::Login(look.login(id)?.into()), About::Login(id)),
        };
        let standing = look.permit(action, about)?;
        // A practitioner may have its own assistant leave, and no more.
        if let (Standing::Practitioner, Subject::Staff(id)) = (standing, asked.subject)
            && look.context.actor.who != Who::Staff(id)
            && asked.wanted != Wanted::Leave
        {
            return Err(Refusal::NotPermitted.into());
        }
        Ok(Self { asked, found, practice: look.practice()?, standing })
    }

    /// Decides.
    ///
    /// # Errors
    /// `Conflict` while the policy has still to be asked.
    pub fn judge(&self, unit: &mut Unit<'_>, host: &HostFacts) -> Result<Judgement> {
        let own = |verdict| Judgement { verdict, version: Version::BuiltIn };
        if let Some(verdict) = self.held(unit)? {
            return Ok(own(verdict));
        }
        if let Some(verdict) = self.in_the_way(unit)? {
            return Ok(own(verdict));
        }
        let judged = policy::ask(unit, self.practice.id, Hook::Deletion, |unit| {
            Ok(Ask::Deletion(Box::new(self.facts(unit, host)?)))
        });
        match judged {
            Ok(policy::Judged { made: Some(Made::Deletion(verdict)), version }) => {
                let verdict = self.fitted(unit, verdict)?;
                Ok(Judgement { verdict, version })
            }
            Ok(_) => {
                let text = "No script of this product or practice says what may be deleted.";
                no("no_policy", text).map(own)
            }
            Err(Error::Refused(Refusal::PolicyFailed)) => {
                let text = "The script for deletions failed; the events name script and line.";
                no("policy_failed", text).map(own)
            }
            Err(other) => Err(other),
        }
    }

    /// The no of the holds that stand.
    fn held(&self, unit: &mut Unit<'_>) -> Result<Option<DeletionVerdict>> {
        let Found::Client(client) = &self.found else { return Ok(None) };
        let mut reasons = Vec::new();
        for hold in records::deletion::holds(&mut unit.write, client.id)? {
            if hold.stands() && reasons.len() < REASONS_MAX {
                let text = format!("The client is held, on the ground {}.", hold.ground.as_str());
                let text = Line::parse(&text).field("reason")?;
                reasons.push(Reason { code: "hold".to_owned(), text });
            }
        }
        Ok((!reasons.is_empty()).then_some(DeletionVerdict::Deny { reasons }))
    }

    /// The no to what nothing can come of, whatever a policy says.
    fn in_the_way(&self, unit: &mut Unit<'_>) -> Result<Option<DeletionVerdict>> {
        match (&self.found, self.asked.wanted) {
            (Found::Client(_), Wanted::Erase) => Ok(None),
            (Found::Client(client), Wanted::RemoveLogin) => match live_login(unit, client)? {
                Some(_) => Ok(None),
                None => not_applicable("The client has no login that could be removed."),
            },
            (Found::Client(_), Wanted::Leave) => {
                not_applicable("A client does not leave; its login does, or it is erased.")
            }
            (Found::Staff(seat), Wanted::RemoveLogin) if seat.login.is_none() => {
                not_applicable("The seat has no login that could be removed.")
            }
            (Found::Staff(_), Wanted::RemoveLogin) => Ok(None),
            (Found::Staff(seat), _) if seat.status == staff::Status::Ended => {
                not_applicable("The seat has ended already.")
            }
            (Found::Staff(_), _) => Ok(None),
            (Found::Login(login), Wanted::Leave) => {
                if ties(unit, login, &self.practice)?.is_empty() {
                    not_applicable("The login has no client in this practice.")
                } else {
                    Ok(None)
                }
            }
            (Found::Login(_), _) => {
                not_applicable("A login leaves; to go, it is its client that is erased.")
            }
        }
    }

    /// A verdict that goes no further than what was wanted, else a no.
    fn fitted(&self, unit: &mut Unit<'_>, verdict: DeletionVerdict) -> Result<DeletionVerdict> {
        use DeletionVerdict as V;
        let fits = match (&self.found, self.asked.wanted, &verdict) {
            (_, _, V::Deny { .. }) | (Found::Client(_), _, V::Retain { .. }) => true,
            (_, _, V::Retain { ground }) => {
                return no(ground, "The product's policy keeps it, on the ground of this code.");
            }
            (Found::Client(_), Wanted::Erase, V::Erase) => true,
            (Found::Client(client), Wanted::Erase, V::Schedule { .. }) => {
                !matches!(client.status, Status::PendingDeletion { .. })
            }
            (Found::Client(client), Wanted::Erase, V::RemoveLogin) => {
                live_login(unit, client)?.is_some()
            }
            (Found::Client(_), Wanted::RemoveLogin, V::RemoveLogin) => true,
            (Found::Staff(seat), Wanted::Erase | Wanted::RemoveLogin, V::RemoveLogin) => {
                seat.login.is_some()
            }
            (Found::Staff(_), Wanted::Erase | Wanted::Leave, V::Leave) => true,
            (Found::Login(_), Wanted::Leave, V::Leave) => true,
            _ => false,
        };
        if fits {
            return Ok(verdict);
        }
        let (word, wanted) = (verdict.word(), self.asked.wanted.word());
        let text =
            format!("The policy answered {word}, which cannot be done where {wanted} is wanted.");
        no("not_applicable", &text)
    }

    /// A digest of all that a plan counts for, but for who, when and the host's facts.
    pub fn digest(
        &self,
        unit: &mut Unit<'_>,
        judged: &Judgement,
        host: &HostFacts,
    ) -> Result<[u8; 32]> {
        // A login's ties are no part of its revision.
        let (revision, ties) = match &self.found {
            Found::Client(client) => (client.revision, Vec::new()),
            Found::Staff(seat) => (seat.revision, Vec::new()),
            Found::Login(login) => (login.revision, ties(unit, login, &self.practice)?),
        };
        let ties: Vec<_> = ties.into_iter().map(|tie| tie.id).collect();
        let voice = records::script::voice(&mut unit.write, self.practice.id, Hook::Deletion)?;
        let spoke = voice.map(|voice| (voice.set, voice.version));
        let made_of = (revision, ties, self.practice.revision, spoke, &judged.verdict, host);
        let bytes = postcard::to_stdvec(&made_of).map_err(|_| StoreError::TooLarge)?;
        Ok(unit.context.digest("what a plan is made of", &[&bytes]))
    }

    fn facts(&self, unit: &mut Unit<'_>, host: &HostFacts) -> Result<DeletionFacts> {
        let now = unit.now();
        let (mut invitations, mut logins, mut grants, mut proxies) = (vec![], vec![], vec![], 0);
        match &self.found {
            Found::Client(client) => {
                let write = &mut unit.write;
                invitations = records::invitation::of_client(write, client.id, usize::MAX)?;
                grants = records::grant::of_client(write, client.id)?;
                let ties = records::proxy::of_client(write, client.id)?;
                proxies = count(ties.iter().filter(|tie| tie.is_live(now)));
                logins = subject::own_logins(unit, client.id)?;
            }
            Found::Staff(seat) => {
                invitations = records::invitation::of_seat(&mut unit.write, seat.id, usize::MAX)?;
                grants = records::grant::of_grantee(&mut unit.write, Grantee::Staff(seat.id))?;
                if let Some(login) = seat.login {
                    logins.extend(records::login::find(&mut unit.write, login)?);
                }
            }
            Found::Login(login) => {
                proxies = count(ties(unit, login, &self.practice)?.iter());
                logins.push((**login).clone());
            }
        }
        let client = match &self.found {
            Found::Client(client) => Some(subject::client(unit, client)?),
            _ => None,
        };
        let staff = match &self.found {
            Found::Staff(seat) => Some(subject::staff(seat)),
            _ => None,
        };
        let tally = self.tally(unit, host)?;
        let active = logins.iter().find(|login| login.status == login::Status::Active);
        let last_sign_in = logins.iter().filter_map(|login| login.last_sign_in).max();
        Ok(DeletionFacts {
            version: facts::Version,
            now,
            wanted: self.asked.wanted,
            asked_by: self.asker(unit)?,
            client,
            staff,
            login: active.map(|login| login.id),
            ever_signed_in: tally.signed_in || last_sign_in.is_some(),
            last_sign_in,
            ever_had_items: tally.ever_had_items(),
            items: tally.items(),
            ever: tally.ever(),
            host: host.iter().map(|(kind, count)| (kind.as_str().to_owned(), count)).collect(),
            invitations: subject::invitations(&invitations, now),
            grants: count(grants.iter().filter(|grant| grant.is_live(now))),
            proxies,
            practice: subject::practice(&self.practice),
            settings: subject::settings(&self.practice),
        })
    }

    /// What there is and ever was of a client, the host's counts of this request among it.
    fn tally(&self, unit: &mut Unit<'_>, host: &HostFacts) -> Result<Tally> {
        let mut tally = match &self.found {
            Found::Client(client) => records::item::tally(&mut unit.write, client.id)?,
            Found::Staff(_) | Found::Login(_) => Tally::default(),
        };
        tally.hear(host);
        Ok(tally)
    }

    fn asker(&self, unit: &mut Unit<'_>) -> Result<Actor> {
        let asker = subject::asker(unit)?;
        Ok(match self.standing {
            Standing::Guardian => Actor { role: Standing::Guardian, ..asker },
            _ => asker,
        })
    }
}

fn count<T>(things: impl Iterator<Item = T>) -> u32 {
    u32::try_from(things.count()).unwrap_or(u32::MAX)
}

/// Keeps for good what the host counts of a client: what once was there goes on being known to
/// policies. It is no change of the client's, or no plan could ever be confirmed.
pub(super) fn hear(unit: &mut Unit<'_>, subject: Subject, host: &HostFacts) -> Result<()> {
    let Subject::Client(client) = subject else { return Ok(()) };
    let mut tally = records::item::tally(&mut unit.write, client)?;
    if tally.hear(host) {
        records::item::put_tally(&mut unit.write, client, &tally)?;
    }
    Ok(())
}

/// The login that is a client itself now, if it can be removed.
pub(super) fn live_login(unit: &mut Unit<'_>, client: &Client) -> Result<Option<Login>> {
    let now = unit.now();
    let held = records::proxy::of_client(&mut unit.write, client.id)?;
    let own = held.into_iter().find(|tie| tie.tie == Tie::Myself && tie.is_live(now));
    let Some(own) = own else { return Ok(None) };
    let login = records::login::find(&mut unit.write, own.login)?;
    Ok(login.filter(|login| login.status == login::Status::Active))
}

/// The live ties of a login in a practice.
pub(super) fn ties(unit: &mut Unit<'_>, login: &Login, practice: &Practice) -> Result<Vec<Proxy>> {
    let now = unit.now();
    let held = records::proxy::of_login(&mut unit.write, login.id)?;
    let here = |tie: &Proxy| tie.practice == practice.id && tie.is_live(now);
    Ok(held.into_iter().filter(here).collect())
}
