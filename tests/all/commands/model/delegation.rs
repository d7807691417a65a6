//! Delegations: assistants act for practitioners, who invite them and end that again.

use super::access::{About, Actor, PRACTITIONER, Who};
use super::offers::Offered;
use super::ops::{self, By};
use super::outbox::Subject;
use super::real::{Real, address};
use super::stories;
use super::table::{
    ASSISTANT_INVITE, CLIENT_CREATE, CLIENT_SET_STATUS, CLIENT_UPDATE, DELEGATION_CLEAR,
    DELEGATION_END, DELEGATION_GIVE, DELETION_CONFIRM, DELETION_PLAN, INVITATION_SEND, Row,
    STAFF_UPDATE,
};
use super::world::{Answer, Invitation, Login, No, Offer, State, World, latest, place};
use crate::commands::plant::email;
use crate::support::name;
use admit::commands::delegation::{
    ClearDelegation, EndDelegation, GiveDelegation, InviteAssistant, Terms,
};
use admit::commands::staff::MarkOnboarded;
use admit::domain::delegation::Clients;
use admit::domain::refusal::Refusal;
use admit::domain::staff::{self, Role};
use proptest::prelude::*;

/// What may be delegated in a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Everything,
    Inviting,
    Clients,
}

impl What {
    fn rows(self) -> &'static [Row] {
        match self {
            Self::Everything => &[],
            Self::Inviting => &[INVITATION_SEND],
            Self::Clients => &[CLIENT_CREATE, CLIENT_UPDATE, CLIENT_SET_STATUS],
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub struct Given {
    pub what: What,
    /// For this client alone.
    pub client: Option<u8>,
    pub days: Option<u8>,
}

#[derive(Debug, Clone, Copy)]
pub enum Op {
    Give { by: By, assistant: u8, practitioner: Option<u8>, given: Given },
    InviteAssistant { by: By, practitioner: Option<u8>, address: u8, given: Given },
    Onboarded { by: By, seat: u8 },
    End { by: By, delegation: u8 },
    Clear { by: By, delegation: u8 },
}

pub fn given() -> impl Strategy<Value = Given> {
    let what = prop_oneof![
        2 => Just(What::Everything),
        1 => Just(What::Inviting),
        1 => Just(What::Clients),
    ];
    (what, prop::option::weighted(0.3, stories::at()), stories::days())
        .prop_map(|(what, client, days)| Given { what, client, days })
}

pub fn op() -> BoxedStrategy<ops::Op> {
    let practitioner = || prop::option::weighted(0.6, stories::at());
    prop_oneof![
        3 => (stories::by(), stories::at(), practitioner(), given()).prop_map(
            |(by, assistant, practitioner, given)| Op::Give { by, assistant, practitioner, given }
        ),
        2 => (stories::by(), practitioner(), stories::address(), given()).prop_map(
            |(by, practitioner, address, given)| {
                Op::InviteAssistant { by, practitioner, address, given }
            }
        ),
        2 => (stories::by(), stories::at()).prop_map(|(by, seat)| Op::Onboarded { by, seat }),
        1 => (stories::by(), stories::latest()).prop_map(|(by, delegation)| Op::End { by, delegation }),
        1 => (stories::by(), stories::latest()).prop_map(|(by, delegation)| Op::Clear { by, delegation }),
    ]
    .prop_map(ops::Op::Delegation)
    .boxed()
}

pub struct Delegation {
    pub assistant: usize,
    pub practitioner: usize,
    pub what: What,
    pub client: Option<usize>,
    pub ends_at: Option<i64>,
    /// Once its end is written down, by a hand or by upkeep.
    pub ended_at: Option<i64>,
    pub is_cleared: bool,
}

impl Delegation {
    pub fn is_open(&self, now: i64) -> bool {
        self.ended_at.is_none() && self.ends_at.is_none_or(|end| now < end)
    }

    pub fn covers(&self, row: Row) -> bool {
        let rows = self.what.rows();
        rows.is_empty() || row.only_reads || rows.iter().any(|it| it.action == row.action)
    }

    pub fn names(&self, client: usize) -> bool {
        self.client.is_none_or(|only| only == client)
    }
}

impl World {
    pub fn take_delegation(&mut self, op: Op) -> Option<Answer> {
        let seats = self.seats.len();
        Some(match op {
            Op::Give { by, assistant, practitioner, given } => {
                let actor = self.actor(by)?;
                self.named = practitioner.and_then(|at| self.one_of(Role::Practitioner, at));
                let assistant = self.one_of(Role::Assistant, assistant)?;
                let given = self.given(given);
                self.give_delegation(actor, assistant, self.named, given)
            }
            Op::InviteAssistant { by, practitioner, address, given } => {
                let actor = self.actor(by)?;
                self.named = practitioner.and_then(|at| self.one_of(Role::Practitioner, at));
                let given = self.given(given);
                self.invite_assistant(actor, self.named, address, given)
            }
            Op::Onboarded { by, seat } => {
                let (actor, seat) = (self.actor(by)?, place(seat, seats)?);
                self.mark_onboarded(actor, seat)
            }
            Op::End { by, delegation } => {
                let actor = self.actor(by)?;
                self.end_delegation(actor, latest(delegation, self.delegations.len())?)
            }
            Op::Clear { by, delegation } => {
                let actor = self.actor(by)?;
                self.clear_delegation(actor, latest(delegation, self.delegations.len())?)
            }
        })
    }

    /// As a rule a seat of one role.
    fn one_of(&mut self, role: Role, at: u8) -> Option<usize> {
        self.pick(at, self.seats.len(), |world, it| world.seats[it].role == role)
    }

    /// What is given, between nobody yet.
    fn given(&self, given: Given) -> Delegation {
        Delegation {
            assistant: usize::MAX,
            practitioner: usize::MAX,
            what: given.what,
            client: given.client.and_then(|at| place(at, self.clients.len())),
            ends_at: self.in_days(given.days),
            ended_at: None,
            is_cleared: false,
        }
    }

    /// The delegation by which one acts for the other now: both work in their roles, and the
    /// assistant has accepted and was introduced.
    pub fn delegation_in_force(
        &self,
        assistant: usize,
        practitioner: usize,
    ) -> Option<&Delegation> {
        let between = |it: &&Delegation| {
            it.assistant == assistant && it.practitioner == practitioner && it.is_open(self.now)
        };
        let found = self.delegations.iter().find(between)?;
        (self.state_of(found) == "live").then_some(found)
    }

    /// What a list shows of a delegation.
    pub fn state_of(&self, it: &Delegation) -> &'static str {
        let works = |seat: usize, role| {
            let seat = &self.seats[seat];
            seat.role == role && seat.approved && seat.status == staff::Status::Active
        };
        match (it.ended_at, it.ends_at) {
            (Some(ended), Some(end)) if ended >= end => "lapsed",
            (Some(_), _) => "ended",
            (None, Some(end)) if self.now >= end => "lapsed",
            _ if self.seats[it.assistant].login.is_none() => "waiting",
            _ if !self.seats[it.assistant].onboarded => "onboarding",
            _ if works(it.assistant, Role::Assistant)
                && works(it.practitioner, Role::Practitioner) =>
            {
                "live"
            }
            _ => "stopped",
        }
    }

    fn has_invited_assistant(&self, practitioner: usize, other: usize) -> bool {
        let invited =
            |it: &Invitation| it.offer == Offer::Seat(other) && it.inviter == Some(practitioner);
        self.seats[other].role == Role::Assistant && self.invitations.iter().any(invited)
    }

    /// An assistant that a practitioner invited is near to it while it acts for it; and for leaving
    /// while it acts for nobody else.
    pub fn is_its_assistant(&self, practitioner: usize, other: usize, row: Row) -> bool {
        let open = |it: &&Delegation| {
            (it.assistant == other || it.practitioner == other) && it.is_open(self.now)
        };
        let mut open = self.delegations.iter().filter(open).map(|it| it.practitioner);
        let leaves = [DELETION_PLAN.action, DELETION_CONFIRM.action].contains(&row.action);
        self.has_invited_assistant(practitioner, other)
            && match leaves {
                true => open.all(|it| it == practitioner),
                false => open.any(|it| it == practitioner),
            }
    }

    /// Who is named, else for whom the actor acts.
    fn practitioner(&self, actor: Actor, named: Option<usize>, row: Row) -> Answer<usize> {
        let practitioner = named.or(actor.seat()).ok_or(No::Invalid("practitioner_id"))?;
        self.here(actor, self.seats[practitioner].practice, row)?;
        Ok(practitioner)
    }

    fn give_delegation(
        &mut self,
        actor: Actor,
        assistant: usize,
        practitioner: Option<usize>,
        given: Delegation,
    ) -> Answer {
        let row = DELEGATION_GIVE;
        let practitioner = self.practitioner(actor, practitioner, row)?;
        self.here(actor, self.seats[assistant].practice, row)?;
        self.may(actor, row, About::Seat(practitioner))?;
        let (column, _) = self.stand(actor, row, About::Seat(practitioner))?;
        let is_known = self.has_invited_assistant(practitioner, assistant)
            || self
                .delegations
                .iter()
                .any(|it| it.assistant == assistant && it.practitioner == practitioner);
        if column == PRACTITIONER && !is_known {
            return Err(Refusal::NotPermitted.into());
        }
        let given = Delegation { assistant, practitioner, ..given };
        self.require_terms(actor, &given, row)?;
        self.delegate(actor, given);
        Ok(())
    }

    fn require_terms(&self, actor: Actor, given: &Delegation, row: Row) -> Answer {
        let sides = [
            (given.practitioner, Role::Practitioner, "practitioner_id"),
            (given.assistant, Role::Assistant, "assistant_id"),
        ];
        for (seat, role, field) in sides {
            if self.seats[seat].role != role {
                return Err(No::Invalid(field));
            }
            if self.seats[seat].status == staff::Status::Ended {
                return Err(Refusal::AlreadyEnded.into());
            }
        }
        if let Some(client) = given.client {
            self.client_here(actor, client, row)?;
            if !self.chart_is_open(given.practitioner, client) {
                return Err(Refusal::NotPermitted.into());
            }
        }
        let is_same = |it: &Delegation| {
            it.assistant == given.assistant
                && it.practitioner == given.practitioner
                && it.is_open(self.now)
        };
        if self.delegations.iter().any(is_same) {
            return Err(Refusal::DelegationExists.into());
        }
        Ok(())
    }

    fn delegate(&mut self, actor: Actor, given: Delegation) {
        self.delegations.push(given);
        self.tell_of_delegation(actor.who, self.delegations.len() - 1, "delegation_given");
    }

    /// Both sides hear, but who did it, who has left, and an assistant who has not accepted.
    fn tell_of_delegation(&mut self, who: Who, at: usize, kind: &'static str) {
        let (one, other) = (self.delegations[at].assistant, self.delegations[at].practitioner);
        for (seat, other) in [(one, other), (other, one)] {
            let it = &self.seats[seat];
            let waits = it.role == Role::Assistant && it.login.is_none();
            if !waits && who != Who::Seat(seat) && it.status != staff::Status::Ended {
                self.tell(Subject::Seat(other), kind, it.address);
            }
        }
    }

    fn invite_assistant(
        &mut self,
        actor: Actor,
        practitioner: Option<usize>,
        address: u8,
        given: Delegation,
    ) -> Answer {
        let row = ASSISTANT_INVITE;
        let practitioner = self.practitioner(actor, practitioner, row)?;
        self.may(actor, row, About::Seat(practitioner))?;
        let known = self.assistant_of(actor.practice, address)?;
        let is_invited = |it: &Invitation, seat| {
            it.offer == Offer::Seat(seat) && it.state == State::Pending && self.now < it.expires_at
        };
        let needs_invitation = known.is_none_or(|seat| {
            let has_one = self.invitations.iter().any(|it| is_invited(it, seat));
            self.seats[seat].login.is_none() && !has_one
        });
        if needs_invitation {
            self.require_room(actor, address)?;
        }
        let assistant = known.unwrap_or_else(|| {
            self.add_seat(actor.practice, Role::Assistant, Some(address), false)
        });
        let given = Delegation { assistant, practitioner, ..given };
        if let Err(no) = self.require_terms(actor, &given, row) {
            if known.is_none() {
                self.seats.pop();
            }
            return Err(no);
        }
        if needs_invitation {
            let offered = Offered { inviter: Some(practitioner), ..Offered::by_email(actor) };
            self.offer(offered, Offer::Seat(assistant), Some(address))?;
        }
        self.delegate(actor, given);
        Ok(())
    }

    /// The seat in the practice of whom the address is: what a holder says of its own seat's
    /// address does not count, but the address of its login, once proved.
    fn assistant_of(&self, practice: usize, address: u8) -> Answer<Option<usize>> {
        let is_here = |at: &usize| {
            let seat = &self.seats[*at];
            seat.practice == practice && seat.status != staff::Status::Ended
        };
        let login = |at: usize| self.seats[at].login.map(|login| &self.logins[login]);
        // A login without an address took its seat by a link that was sent to the seat's.
        let is_of = |at: &usize| match login(*at) {
            Some(Login { address: Some(own), is_proved, .. }) => *is_proved && *own == address,
            _ => self.seats[*at].address == Some(address),
        };
        let all: Vec<usize> = (0..self.seats.len()).filter(is_here).collect();
        let on_file = all.iter().filter(|at| self.seats[**at].address == Some(address));
        let Some(seat) = on_file.chain(&all).copied().find(is_of) else { return Ok(None) };
        if self.seats[seat].role != Role::Assistant {
            return Err(No::Invalid("email"));
        }
        if self.seats[seat].status != staff::Status::Active {
            return Err(Refusal::StatusNotAllowed.into());
        }
        Ok(Some(seat))
    }

    fn mark_onboarded(&mut self, actor: Actor, seat: usize) -> Answer {
        self.here(actor, self.seats[seat].practice, STAFF_UPDATE)?;
        self.may(actor, STAFF_UPDATE, About::Seat(seat))?;
        if self.seats[seat].status == staff::Status::Ended {
            return Err(Refusal::StatusNotAllowed.into());
        }
        self.seats[seat].onboarded = true;
        Ok(())
    }

    /// With it the practitioner's invitation ends of an assistant who has not accepted and acts for
    /// nobody else.
    fn end_delegation(&mut self, actor: Actor, at: usize) -> Answer {
        self.delegation_here(actor, at, DELEGATION_END)?;
        if !self.delegations[at].is_open(self.now) {
            return Err(Refusal::AlreadyEnded.into());
        }
        self.delegation_over(actor.who, at, self.now);
        let it = &self.delegations[at];
        let (assistant, practitioner) = (it.assistant, it.practitioner);
        let acts = |it: &Delegation| it.assistant == assistant && it.is_open(self.now);
        let acts = self.delegations.iter().any(acts);
        if self.seats[assistant].login.is_none() && !acts {
            self.revoke_all(|it| {
                it.offer == Offer::Seat(assistant) && it.inviter == Some(practitioner)
            });
        }
        Ok(())
    }

    fn delegation_here(&self, actor: Actor, at: usize, row: Row) -> Answer {
        self.here(actor, self.seats[self.delegations[at].assistant].practice, row)?;
        self.may(actor, row, About::Delegation(at))
    }

    fn delegation_over(&mut self, who: Who, at: usize, ended_at: i64) {
        self.delegations[at].ended_at = Some(ended_at);
        self.tell_of_delegation(who, at, "delegation_ended");
    }

    fn clear_delegation(&mut self, actor: Actor, at: usize) -> Answer {
        self.delegation_here(actor, at, DELEGATION_CLEAR)?;
        if self.delegations[at].is_open(self.now) {
            return Err(Refusal::StatusNotAllowed.into());
        }
        if self.delegations[at].is_cleared {
            return Err(Refusal::AlreadyEnded.into());
        }
        self.delegations[at].is_cleared = true;
        Ok(())
    }

    /// Ends what is open from and to a seat.
    pub fn end_delegations(&mut self, who: Who, seat: usize) {
        for at in 0..self.delegations.len() {
            let it = &self.delegations[at];
            if it.ended_at.is_none() && (it.assistant == seat || it.practitioner == seat) {
                let ended_at = it.ends_at.map_or(self.now, |end| end.min(self.now));
                self.delegation_over(who, at, ended_at);
            }
        }
    }

    /// Writes down that its time is over.
    pub fn lapse(&mut self, at: usize) {
        let it = &self.delegations[at];
        if let (None, Some(end)) = (it.ended_at, it.ends_at) {
            self.delegation_over(Who::Host { with_reason: false }, at, end);
        }
    }
}

impl Real {
    pub fn take_delegation(&mut self, op: Op, world: &World) -> Answer {
        let by = |by| self.actor(by, world);
        match op {
            Op::Give { by: who, given, .. } => {
                let assistant = self.seats[world.picked];
                let practitioner = world.named.map(|at| self.seats[at]);
                let terms = self.terms(given);
                let give = GiveDelegation { assistant, practitioner, terms };
                let id = self.run(&by(who), give)?;
                self.delegations.push(id);
                Ok(())
            }
            Op::InviteAssistant { by: who, address: at, given, .. } => {
                let invite = InviteAssistant {
                    practitioner: world.named.map(|at| self.seats[at]),
                    name: name("Sam", "Jones"),
                    email: email(&address(at)),
                    locale: None,
                    note: None,
                    terms: self.terms(given),
                };
                let done = self.run(&by(who), invite)?;
                if !self.seats.contains(&done.staff) {
                    self.seats.push(done.staff);
                }
                let new = done.invitation.filter(|it| !self.invitations.contains(it));
                self.invitations.extend(new);
                self.delegations.push(done.delegation);
                Ok(())
            }
            Op::Onboarded { by: who, seat } => {
                let staff = self.seat(seat);
                self.run(&by(who), MarkOnboarded { staff }).map(drop)
            }
            Op::End { by: who, delegation } => {
                let delegation =
                    self.delegations[latest(delegation, self.delegations.len()).unwrap()];
                self.run(&by(who), EndDelegation { delegation }).map(drop)
            }
            Op::Clear { by: who, delegation } => {
                let delegation =
                    self.delegations[latest(delegation, self.delegations.len()).unwrap()];
                self.run(&by(who), ClearDelegation { delegation }).map(drop)
            }
        }
    }

    fn terms(&self, given: Given) -> Terms {
        let client = given.client.and_then(|at| place(at, self.clients.len()));
        Terms {
            actions: given.what.rows().iter().map(|row| row.action).collect(),
            clients: match client {
                Some(at) => Clients::Only(vec![self.clients[at]]),
                None => Clients::All,
            },
            reason: None,
            ends_at: self.in_days(given.days),
        }
    }
}
