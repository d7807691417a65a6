//! A forgotten password: asked for by anybody, chosen by whoever gets the link.
//!
//! Asking changes nothing on the account and tells nothing about it: whatever the name is, the
//! answer is the same, and so are the rows that are written (RULES S19, S24 and S25).

use super::admit::{Admit, Command};
use super::audit::{self, Note};
use super::challenge::{self, Borne};
use super::invitation::{subject, windows_in};
use super::look::{About, Look};
use super::name::SignInName;
use super::notice::{self, Notice};
use super::password::{Hashed, request_digest};
use super::token::{self, Verified};
use super::unit::Unit;
use super::{decoy, failures, reach, starting_over, unless_refused};
use crate::domain::access::Action;
use crate::domain::actor::{Actor, Scope, Source, Who};
use crate::domain::challenge::Purpose;
use crate::domain::event::Happening;
use crate::domain::id::{LoginId, PortalId, PracticeId, Thing};
use crate::domain::invitation::{Channel, Invitation, Shown};
use crate::domain::login::{Login, Status};
use crate::domain::message::{Address, Carries, Kind, To};
use crate::domain::practice;
use crate::domain::refusal::Refusal;
use crate::domain::text::{Email, IdempotencyKey};
use crate::error::{Error, Result};
use crate::records;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// In how many practices of a shared portal an address without a login is looked for.
const PRACTICES_SEARCHED: usize = 100;
/// How many invitations or clients of one address are looked at in a practice.
const OF_ADDRESS: usize = 16;

/// A new password was chosen. It makes no session: the next step is to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResetDone {
    /// Whose.
    pub login: LoginId,
    /// The practice in whose words the link was sent.
    pub practice: PracticeId,
    /// The epoch from which sessions count.
    pub epoch: u32,
}

/// Sends a login the link to choose a new password. For those who may see the login: unlike a
/// visitor, they are told why it cannot be done.
#[derive(Debug, Clone, Serialize)]
pub struct RequestResetFor {
    /// Whose.
    pub login: LoginId,
}

impl Admit {
    /// Asks for a link to choose a new password, by whatever was typed as a name.
    ///
    /// # Errors
    /// What the access table says about asking at all; nothing that depends on the name.
    pub fn request_reset(&self, actor: &Actor, name: &str) -> Result<()> {
        let context = Arc::new(self.context(actor)?);
        let name = SignInName::new(&context, name);
        self.run_in(context, Ask { name }, None)
    }

    /// Chooses a new password by the link that was sent. Every session ends, every other link of
    /// the login dies, and a lock ends.
    ///
    /// # Errors
    /// What the link died of, and the weakness of the password; either leaves it as it was.
    pub fn reset(
        &self,
        source: Source,
        token: &str,
        password: &SecretString,
        key: Option<&IdempotencyKey>,
    ) -> Result<ResetDone> {
        let context = Arc::new(self.context(&Actor::bearer(source))?);
        let verified = token::verify(&context, token)
            .filter(|verified| verified.purpose == token::Purpose::Reset)
            .ok_or(Refusal::LinkInvalid)?;
        let request = request_digest(&context, &[&SecretString::from(token), password]);
        starting_over(|| {
            let seen = unless_refused(self.look_in(&context, |look| {
                let borne = Borne::load(look, &verified)?;
                borne.require_live(look.now())?;
                let settings = reach::password_settings(look, &borne.login, &borne.practice)?;
                Ok((settings, reach::context_words(&borne.practice, &borne.login)))
            }))?;
            let hashed = seen
                .map(|(settings, words)| self.hash_chosen(&context, &settings, password, &words));
            let body = Choose { request, verified, hashed: hashed.transpose()? };
            self.run_in(context.clone(), body, key)
        })
    }
}

#[derive(Serialize)]
struct Choose {
    request: [u8; 32],
    #[serde(skip)]
    verified: Verified,
    #[serde(skip)]
    hashed: Option<Hashed>,
}

impl Command for Choose {
    type Done = ResetDone;
    const ACTION: Option<Action> = None;

    fn decide(&self, unit: &mut Unit<'_>) -> Result<ResetDone> {
        let borne = Borne::load(&mut unit.look(), &self.verified)?;
        borne.require_live(unit.now())?;
        let hashed = self.hashed.as_ref().ok_or(Refusal::Conflict)?;
        let (old, practice) = (&borne.login, borne.practice.id);
        let new = old.clone().set_password(hashed.phc.clone(), unit.now());
        let email_verified = old.email_verified || borne.channel == Channel::Email;
        let new = Login { email_verified, ..new };
        borne.consume(unit)?;
        unit.save_login(Some(old), &new)?;
        failures::clear_all(unit, &new)?;
        unit.note(Note::at_portal(new.portal, Happening::PasswordReset, new.id).about(new.id));
        if let Some(to) = reach::address(&mut unit.look(), &new, practice)? {
            notice::post(unit, Notice::plain(Kind::PasswordChanged, practice, to, new.id))?;
        }
        Ok(ResetDone { login: new.id, practice, epoch: new.epoch })
    }

    fn refused(&self, unit: &mut Unit<'_>, refusal: Refusal) -> Result<()> {
        challenge::note_refused(unit, &self.verified, refusal)
    }
}

impl Command for RequestResetFor {
    type Done = ();
    const ACTION: Option<Action> = Some(Action::LoginRequestReset);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<()> {
        require_known(&unit.context.actor)?;
        let login = unit.look().login(self.login)?;
        unit.look().permit(Action::LoginRequestReset, About::Login(login.id))?;
        if login.status == Status::Removed {
            return Err(Refusal::NotFound.into());
        }
        let practice = unit.context.practice()?;
        let to = reach::address(&mut unit.look(), &login, practice)?;
        let to = to.ok_or(Refusal::NotReachable)?;
        if unit.context.actor.who != Who::Host {
            challenge::require_request(unit, &login)?;
        }
        let id = challenge::send(unit, &login, practice, Purpose::Reset, to)?;
        let note = Note::at_portal(login.portal, Happening::ResetRequested, id);
        unit.note(note.about(login.id));
        Ok(())
    }
}

#[derive(Serialize)]
struct Ask {
    // Nothing of it is told apart by an idempotency key: asking by name has none.
    #[serde(skip)]
    name: SignInName,
}

/// Holds that the actor may name a login: a visitor asks by what was typed as a name, and learns
/// nothing of a login's id.
pub(super) fn require_known(actor: &Actor) -> Result<()> {
    if actor.who == Who::Visitor { Err(Refusal::NotPermitted.into()) } else { Ok(()) }
}

/// What a name leads to, as far as it may be told by mail.
enum Answer {
    /// To a login that signs in: the link.
    Link(Box<Login>, PracticeId, To),
    /// To an invitation, or to a client without a login: another message.
    Word(Notice),
    /// To nothing.
    Nothing,
}

impl Command for Ask {
    type Done = ();
    const ACTION: Option<Action> = Some(Action::LoginRequestReset);

    fn decide(&self, unit: &mut Unit<'_>) -> Result<()> {
        let portal = unit.look().permit_at_portal(Action::LoginRequestReset)?;
        let login = self.name.find(&mut unit.write, portal)?;
        let id = login.as_ref().map(|login| login.id);
        // All of it is looked up for every name.
        let word = word_of_address(&mut unit.look(), portal, self.name.email())?;
        let answer = match login {
            Some(login) => link_of(&mut unit.look(), login)?,
            None => word.map_or(Answer::Nothing, Answer::Word),
        };
        let nobody = PracticeId::from_uuid(portal.uuid());
        let subject: Thing = id.map_or(nobody.into(), Thing::from);
        let note = Note::at_portal(portal, Happening::ResetRequested, subject).about(subject);
        let whose = match id {
            Some(id) => id.bytes().to_vec(),
            None => [portal.bytes(), self.name.counted().as_bytes()].concat(),
        };
        let answer = match challenge::count_request(unit, &whose)? {
            None => {
                unit.note(note);
                answer
            }
            Some(retry_after) => {
                let refusal = Refusal::TooManyMessages { retry_after };
                audit::note_tallied(unit, note.refused(refusal))?;
                Answer::Nothing
            }
        };
        self.post(unit, answer)
    }
}

impl Ask {
    /// Writes one challenge and one message, whether or not anybody gets them.
    fn post(&self, unit: &mut Unit<'_>, answer: Answer) -> Result<()> {
        let has_room = self.count_message(unit, &answer)?;
        match answer {
            Answer::Link(login, practice, to) => {
                challenge::send(unit, &login, practice, Purpose::Reset, to)?;
            }
            Answer::Word(notice) if has_room => {
                decoy::challenge(unit)?;
                notice::post(unit, notice)?;
            }
            Answer::Word(_) | Answer::Nothing => {
                let carries = Carries::Challenge(decoy::challenge(unit)?);
                decoy::message(unit, Kind::Reset, carries)?;
            }
        }
        Ok(())
    }

    /// Counts an invitation in its windows, and as much under nobody's practice where there is
    /// none; says whether they have room for the message (RULES S25, S36).
    fn count_message(&self, unit: &mut Unit<'_>, answer: &Answer) -> Result<bool> {
        let invited = invited(answer);
        let counted = match invited {
            Some((practice, email)) => windows_in(unit, practice, email.canonical()),
            None => windows_in(unit, decoy::NO_PRACTICE, self.name.counted()),
        };
        match counted {
            Ok(windows) => {
                for (digest, window) in windows {
                    records::rate::put(&mut unit.write, &digest, window)?;
                }
                Ok(true)
            }
            Err(Error::Refused(Refusal::TooManyMessages { .. })) => Ok(invited.is_none()),
            Err(other) => Err(other),
        }
    }
}

/// The recipient of a message by which an invitation is sent again.
fn invited(answer: &Answer) -> Option<(PracticeId, &Email)> {
    match answer {
        Answer::Word(Notice {
            kind: Kind::Invitation,
            practice,
            to: To { address: Address::Email(email), .. },
            ..
        }) => Some((*practice, email)),
        _ => None,
    }
}

/// A locked login gets its link too: that is how a lock ends early (RULES S33).
fn link_of(look: &mut Look<'_>, login: Login) -> Result<Answer> {
    let reached = reach::any_way(look, &login)?;
    let Some(practice) = reach::home(look, &reached) else { return Ok(Answer::Nothing) };
    Ok(match reach::address(look, &login, practice)? {
        Some(to) => Answer::Link(Box::new(login), practice, to),
        None => Answer::Nothing,
    })
}

/// What an address is told that has no login: of its invitation first, else that it is known.
fn word_of_address(
    look: &mut Look<'_>,
    portal: PortalId,
    email: Option<&Email>,
) -> Result<Option<Notice>> {
    let Some(email) = email else { return Ok(None) };
    let practices = match look.context.actor.scope {
        Scope::Practice(practice) => vec![practice],
        Scope::Portal(_) | Scope::Store => {
            records::practice::of_portal(look.read, portal, PRACTICES_SEARCHED)?
        }
    };
    let mut known = None;
    for id in practices {
        let practice = records::practice::find(look.read, id)?;
        if practice.is_none_or(|practice| practice.status != practice::Status::Active) {
            continue;
        }
        let invitations = records::invitation::of_address(look.read, id, email, OF_ADDRESS)?;
        if let Some(word) = word_of_invitation(look, &invitations)? {
            return Ok(Some(word));
        }
        if known.is_none() {
            known = word_of_known(look, id, email, &invitations)?;
        }
    }
    Ok(known)
}

/// The live invitation as it is, with the link that it has; of a lapsed one the inviter is told.
fn word_of_invitation(look: &mut Look<'_>, found: &[Invitation]) -> Result<Option<Notice>> {
    let now = look.now();
    let state = |state: Shown| found.iter().find(|it| it.shown(now) == state);
    if let Some(live) = state(Shown::Pending) {
        return Ok(recipient(live).map(|to| Notice {
            carries: Carries::Invitation { id: live.id, generation: live.generation },
            ..Notice::plain(Kind::Invitation, live.practice, to, subject(live))
        }));
    }
    let Some(lapsed) = state(Shown::Expired) else { return Ok(None) };
    let Some(inviter) = lapsed.inviting_seat() else { return Ok(None) };
    let inviter = records::staff::find(look.read, inviter)?;
    let to = inviter.filter(|seat| seat.require_active().is_ok());
    let to = to.and_then(|seat| notice::to_staff(&seat));
    Ok(to.map(|to| Notice::plain(Kind::NewLinkAsked, lapsed.practice, to, subject(lapsed))))
}

fn recipient(invitation: &Invitation) -> Option<To> {
    let recipient = &invitation.recipient;
    Some(To {
        address: Address::Email(recipient.email.clone()?),
        name: recipient.name.clone(),
        locale: recipient.locale.clone(),
        staff: invitation.seat().is_some(),
    })
}

/// That there is no login, for an address that the practice knows: strangers get no mail.
fn word_of_known(
    look: &mut Look<'_>,
    practice: PracticeId,
    email: &Email,
    invitations: &[Invitation],
) -> Result<Option<Notice>> {
    let kind = Kind::ResetWithoutLogin;
    let word = email.canonical();
    for id in records::client::with_word(look.read, practice, word, OF_ADDRESS)? {
        let client = records::client::find(look.read, id)?;
        let has_it = |known: &Email| known.canonical() == word;
        let client = client.filter(|it| it.profile.email.as_ref().is_some_and(has_it));
        if let Some(client) = client {
            let to = notice::to_client(&client);
            return Ok(to.map(|to| Notice::plain(kind, practice, to, client.id)));
        }
    }
    let invited = invitations.first();
    Ok(invited.and_then(|it| Some(Notice::plain(kind, practice, recipient(it)?, subject(it)))))
}
