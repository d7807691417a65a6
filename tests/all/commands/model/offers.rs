//! The naive world's invitations: sent, renewed, corrected, answered, and what acceptance makes.

use super::access::{About, Actor, PRACTITIONER, Who};
use super::ops::{Sent, To, WayIn};
use super::outbox::{Premise, Subject};
use super::table::{INVITATION_REVOKE, INVITATION_SEND, STAFF_ADD};
use super::world::{Answer, DAY, Invitation, No, Offer, Proxy, State, World};
use admit::domain::client::{Stage, Status};
use admit::domain::refusal::Refusal;
use admit::domain::staff::{self, Role};

/// How long an invitation is open where nothing is said.
pub const OPEN_FOR: i64 = 7 * DAY;
/// How many messages one address gets of a practice in a day, the host's apart.
const MESSAGES: u32 = 5;

/// Who offers, for which seat, and how.
pub struct Offered {
    pub actor: Actor,
    pub inviter: Option<usize>,
    pub sent: Sent,
    pub open_for: i64,
}

impl Offered {
    pub fn by_email(actor: Actor) -> Self {
        Self { actor, inviter: actor.seat(), sent: Sent::ByEmail, open_for: OPEN_FOR }
    }
}

/// Whether an invitation is about a client on file.
pub fn is_for(invitation: &Invitation, client: usize) -> bool {
    matches!(invitation.offer, Offer::Client { client: it, .. } if it == client)
}

impl World {
    pub fn invite_client(
        &mut self,
        actor: Actor,
        client: usize,
        guardian: bool,
        address: Option<u8>,
        sent: Sent,
    ) -> Answer {
        self.require_invitable(actor, client, guardian)?;
        let address = address.or(self.clients[client].address);
        self.send(actor, Offer::Client { client, guardian }, address, sent)
    }

    pub fn require_invitable(&self, actor: Actor, client: usize, guardian: bool) -> Answer {
        self.client_here(actor, client, INVITATION_SEND)?;
        self.may(actor, INVITATION_SEND, About::Client(client))?;
        match self.clients[client].status {
            Status::Active => {}
            Status::Deactivated => return Err(Refusal::ClientDeactivated.into()),
            Status::Suspended => return Err(Refusal::ClientSuspended.into()),
            Status::PendingDeletion { .. } => return Err(Refusal::ClientPendingDeletion.into()),
        }
        if !guardian && !self.own_logins(client).is_empty() {
            return Err(Refusal::ClientAlreadyActivated.into());
        }
        Ok(())
    }

    /// Whether inviting a client at the address on file would renew what waits.
    pub fn foresee_client(&self, actor: Actor, client: usize, sent: Sent) -> Answer<bool> {
        self.require_invitable(actor, client, false)?;
        let address = self.clients[client].address;
        if sent == Sent::ByEmail {
            self.require_room(actor, address.ok_or(Refusal::NotReachable)?)?;
        }
        let waiting = self.waiting(actor, Offer::Client { client, guardian: false }, address);
        Ok(waiting.into_iter().any(|at| self.went_to(at, address)))
    }

    pub fn invite_to_seat(&mut self, actor: Actor, seat: usize) -> Answer {
        self.here(actor, self.seats[seat].practice, INVITATION_SEND)?;
        self.may(actor, INVITATION_SEND, About::Seat(seat))?;
        // A practitioner sends an assistant of its own its request again.
        if self.stand(actor, INVITATION_SEND, About::Seat(seat))?.0 != PRACTITIONER {
            self.may(actor, STAFF_ADD, About::Practice)?;
        }
        let it = &self.seats[seat];
        if it.status != staff::Status::Active || it.login.is_some() {
            return Err(Refusal::StatusNotAllowed.into());
        }
        self.send(actor, Offer::Seat(seat), it.address, Sent::ByEmail)
    }

    pub fn invite_to_new_seat(&mut self, actor: Actor, role: Role, address: u8) -> Answer {
        self.may(actor, INVITATION_SEND, About::New)?;
        self.may(actor, STAFF_ADD, About::Practice)?;
        let waits = |it: &&Invitation| {
            it.state == State::Pending
                && it.practice == actor.practice
                && it.address == Some(address)
                && matches!(it.offer, Offer::Seat(at) if self.waits_for_holder(at, role))
        };
        let offer = match self.invitations.iter().rev().find(waits) {
            Some(known) => known.offer,
            None => {
                self.require_room(actor, address)?;
                Offer::Seat(self.add_seat(actor.practice, role, Some(address), false))
            }
        };
        self.send(actor, offer, Some(address), Sent::ByEmail)
    }

    fn waits_for_holder(&self, seat: usize, role: Role) -> bool {
        let it = &self.seats[seat];
        it.role == role && it.status == staff::Status::Active && it.login.is_none()
    }

    /// Holds that the address gets no more messages of the practice than it should.
    pub fn require_room(&self, actor: Actor, address: u8) -> Answer {
        let window = self.windows.get(&(actor.practice, address));
        let Some((since, count)) = window.copied() else { return Ok(()) };
        let age = self.now - since;
        if age < DAY && count >= MESSAGES && !matches!(actor.who, Who::Host { .. }) {
            return Err(Refusal::TooManyMessages { retry_after: DAY - age }.into());
        }
        Ok(())
    }

    pub fn count_message(&mut self, actor: Actor, address: u8) -> Answer {
        self.require_room(actor, address)?;
        if !matches!(actor.who, Who::Host { .. }) {
            let now = self.now;
            let window = self.windows.entry((actor.practice, address)).or_insert((now, 0));
            *window = if now - window.0 >= DAY { (now, 1) } else { (window.0, window.1 + 1) };
        }
        Ok(())
    }

    /// Sends a new invitation, or renews what waits for the same at the same address; what waits
    /// at another address was wrong, but for guardians, of whom there may be two.
    pub fn send(&mut self, actor: Actor, offer: Offer, address: Option<u8>, sent: Sent) -> Answer {
        self.offer(Offered { sent, ..Offered::by_email(actor) }, offer, address).map(drop)
    }

    /// As `send`, and says which invitation it is.
    pub fn offer(&mut self, offered: Offered, offer: Offer, address: Option<u8>) -> Answer<usize> {
        let Offered { actor, inviter, sent, open_for } = offered;
        if sent == Sent::ByEmail {
            let address = address.ok_or(Refusal::NotReachable)?;
            self.count_message(actor, address)?;
        }
        let mut renewed = None;
        for at in self.waiting(actor, offer, address) {
            let went_there = self.went_to(at, address);
            if went_there && renewed.is_none() {
                renewed = Some(at);
            } else if went_there || !matches!(offer, Offer::Client { guardian: true, .. }) {
                self.invitations[at].state = State::Revoked;
            }
        }
        let at = renewed.unwrap_or_else(|| {
            self.invitations.push(Invitation {
                practice: actor.practice,
                offer,
                address,
                by_email: false,
                inviter: None,
                generation: 0,
                sent_at: 0,
                expires_at: 0,
                state: State::Pending,
                is_erased: false,
                rank: (self.now as u128) << 80,
            });
            self.invitations.len() - 1
        });
        let (now, by_email) = (self.now, sent == Sent::ByEmail);
        let it = &mut self.invitations[at];
        (it.address, it.by_email, it.inviter) = (address, by_email, inviter);
        (it.generation, it.sent_at, it.expires_at) = (it.generation + 1, now, now + open_for);
        if by_email {
            self.tell_link(at, false);
        }
        Ok(at)
    }

    /// What waits for the same, latest first.
    fn waiting(&self, actor: Actor, offer: Offer, address: Option<u8>) -> Vec<usize> {
        let is_same = |it: &Invitation| {
            it.state == State::Pending && it.practice == actor.practice && it.offer == offer
        };
        let all = self.latest_invitations().into_iter();
        all.filter(|at| is_same(&self.invitations[*at]) && self.is_found(*at, actor, address))
            .collect()
    }

    /// What went nowhere went everywhere.
    fn went_to(&self, at: usize, address: Option<u8>) -> bool {
        let earlier = self.invitations[at].address;
        earlier.is_none() || earlier == address
    }

    /// Whom an invitation is about.
    pub fn subject(&self, at: usize) -> Subject {
        match self.invitations[at].offer {
            Offer::Client { client, .. } => Subject::Client(client),
            Offer::Seat(seat) => Subject::Seat(seat),
            Offer::Somebody { .. } => Subject::Invitation(at),
        }
    }

    /// Tells the present link of an invitation.
    pub fn tell_link(&mut self, at: usize, by_address: bool) {
        let it = &self.invitations[at];
        let (generation, address) = (it.generation, it.address);
        let premise = Premise::Invitation { at, generation, by_address };
        self.tell_if(premise, self.subject(at), "invitation", address);
    }

    /// An offer to somebody unknown is found by its address alone. What somebody else offered is
    /// left to them.
    fn is_found(&self, at: usize, actor: Actor, address: Option<u8>) -> bool {
        let it = &self.invitations[at];
        (it.address == address || !matches!(it.offer, Offer::Somebody { .. }))
            && self.may(actor, INVITATION_SEND, About::Invitation(at)).is_ok()
    }

    pub fn revoke(&mut self, actor: Actor, at: usize) -> Answer {
        self.here(actor, self.invitations[at].practice, INVITATION_REVOKE)?;
        self.exists(actor, !self.invitations[at].is_erased, INVITATION_REVOKE)?;
        self.may(actor, INVITATION_REVOKE, About::Invitation(at))?;
        if self.invitations[at].state != State::Pending {
            return Err(Refusal::InvitationClosed.into());
        }
        self.invitations[at].state = State::Revoked;
        Ok(())
    }

    /// Used, revoked, superseded, expired, in this order. While inviter or offer does not stand, a
    /// link that was not used is as if revoked.
    pub fn require_live(&self, at: usize, generation: u32) -> Answer {
        let it = &self.invitations[at];
        if it.is_erased {
            return Err(Refusal::LinkInvalid.into());
        }
        let works = |seat: usize| self.seats[seat].status == staff::Status::Active;
        let stands = !self.is_suspended[it.practice]
            && it.inviter.is_none_or(works)
            && match it.offer {
                Offer::Client { client, .. } => self.clients[client].status == Status::Active,
                Offer::Seat(seat) => works(seat),
                Offer::Somebody { .. } => true,
            };
        Err(match it.state {
            State::Accepted => Refusal::LinkUsed,
            _ if !stands => Refusal::LinkRevoked,
            State::Declined | State::Revoked => Refusal::LinkRevoked,
            State::Pending if generation != it.generation => Refusal::LinkSuperseded,
            State::Pending if self.now >= it.expires_at => Refusal::LinkExpired,
            State::Pending => return Ok(()),
        }
        .into())
    }

    /// Tells the seat that invited, while it works.
    fn tell_inviter(&mut self, at: usize, kind: &'static str) {
        let works = |seat: &usize| self.seats[*seat].status == staff::Status::Active;
        if let Some(seat) = self.invitations[at].inviter.filter(works) {
            self.tell(self.subject(at), kind, self.seats[seat].address);
        }
    }

    pub fn decline(&mut self, at: usize, generation: u32) -> Answer {
        self.require_live(at, generation)?;
        self.invitations[at].state = State::Declined;
        self.tell_inviter(at, "invitation_declined");
        Ok(())
    }

    /// Nothing is renewed: what is good is sent again, and of what lapsed the inviter hears, at
    /// most as often in a day as an address gets messages.
    pub fn ask_again(&mut self, at: usize, generation: u32) -> Answer {
        let practice = self.invitations[at].practice;
        match self.require_live(at, generation) {
            Ok(()) => {
                let address = self.invitations[at].address.ok_or(Refusal::NotReachable)?;
                self.count_message(Actor::new(practice, Who::Visitor), address)?;
                self.tell_link(at, false);
                Ok(())
            }
            Err(No::Refused(Refusal::LinkExpired)) => {
                self.ask_once_more(format!("link {at}"), MESSAGES, DAY)?;
                self.tell_inviter(at, "new_link_asked");
                Ok(())
            }
            dead => dead,
        }
    }

    /// One more of what may be asked for so often since the first time.
    pub fn ask_once_more(&mut self, what: String, most: u32, within: i64) -> Answer {
        let asked = self.asked.entry(what).or_default();
        if asked.first().is_some_and(|first| self.now - first >= within) {
            asked.clear();
        }
        if let Some(first) = asked.first().filter(|_| asked.len() >= most as usize) {
            let retry_after = within - (self.now - first);
            return Err(Refusal::TooManyMessages { retry_after }.into());
        }
        asked.push(self.now);
        Ok(())
    }

    pub fn accept(&mut self, at: usize, generation: u32, sent: Sent, way_in: WayIn) -> Answer {
        self.require_live(at, generation)?;
        let (offer, practice) = (self.invitations[at].offer, self.invitations[at].practice);
        if let Offer::Client { client, guardian: false } = offer
            && !self.own_logins(client).is_empty()
        {
            return Err(Refusal::ClientAlreadyActivated.into());
        }
        let known = self.logins.len();
        let earlier =
            self.invitations[at].address.and_then(|it| self.login_named(self.portal(practice), it));
        let login = self.way_in(at, sent, way_in)?;
        let taken = match offer {
            Offer::Client { client, guardian } => self.take_client(login, client, guardian),
            Offer::Somebody { .. } => {
                let address = self.invitations[at].address;
                let client = self.add_client(practice, address, Stage::Registered);
                self.invitations[at].offer = Offer::Client { client, guardian: false };
                self.tie(login, client, false, None);
                Ok(())
            }
            Offer::Seat(seat) => self.take_seat(login, seat),
        };
        if taken.is_err() {
            self.logins.truncate(known);
            return taken;
        }
        let (meant, own) = (self.invitations[at].address, self.logins[login].address);
        self.logins[login].is_proved |= sent == Sent::ByEmail && meant.is_some() && meant == own;
        if let Some(earlier) = earlier.filter(|earlier| *earlier != login && own == meant) {
            self.erase_login(earlier);
        }
        // A new login gets an address that nobody may be told of once that is proved.
        if let Some(meant) = meant.filter(|_| login == known && own.is_none()) {
            self.send_link(practice, login, Some(meant));
        }
        self.invitations[at].state = State::Accepted;
        let it = &self.invitations[at];
        let (address, inviter, sent_at) = (it.address, it.inviter, it.sent_at);
        if let (Offer::Client { client, .. }, Some(inviter)) = (it.offer, inviter) {
            self.open_to_inviter(client, inviter, sent_at);
        }
        self.tell_inviter(at, "invitation_accepted");
        if sent != Sent::ByEmail {
            self.tell(self.subject(at), "accepted_by_other_channel", address);
        }
        Ok(())
    }

    /// A login that exists joins with proof of it alone, and only the one that was meant; one that
    /// holds nothing any more gives way to whoever opened a mail to its address. Behind a
    /// portal that is shared, only the mail that reached the address tells that it has a login.
    fn way_in(&mut self, at: usize, sent: Sent, way_in: WayIn) -> Answer<usize> {
        let (practice, address) = (self.invitations[at].practice, self.invitations[at].address);
        let portal = self.portal(practice);
        let is_told = !self.one_portal || sent == Sent::ByEmail;
        let holder = address.filter(|_| is_told).and_then(|it| self.login_named(portal, it));
        let proven = match way_in {
            WayIn::Password(_) => None,
            WayIn::Identity(identity) => self.login_of_identity(portal, identity),
            WayIn::SessionOf(login) => {
                let login = usize::from(login);
                self.session(login, portal)?;
                if self.must_change(login) {
                    return Err(Refusal::MustChangePassword.into());
                }
                Some(login)
            }
        };
        if let Some(login) = proven {
            let own = self.logins[login].address;
            let was_meant = own.is_none() || address.is_none() || own == address;
            if !was_meant || holder.is_some_and(|holder| holder != login) {
                return Err(Refusal::WrongLogin.into());
            }
            return Ok(login);
        }
        if holder.is_some_and(|holder| sent != Sent::ByEmail || !self.is_lonely(holder)) {
            return Err(Refusal::LoginProofRequired.into());
        }
        let address = address.filter(|_| is_told);
        if matches!(way_in, WayIn::Password(_)) && address.is_none() {
            // A password needs a name to go with it, and the stories give none.
            return Err(No::Invalid("username"));
        }
        Ok(self.add_login(portal, address, way_in, sent == Sent::ByEmail))
    }

    fn take_client(&mut self, login: usize, client: usize, guardian: bool) -> Answer {
        let excludes = |it: &Proxy| {
            it.client == client
                && self.holds(it)
                && (it.login == login || (!it.guardian && !guardian))
        };
        if self.proxies.iter().any(excludes) {
            return Err(Refusal::ProxyExists.into());
        }
        if !guardian {
            self.clients[client].stage = Stage::Registered;
        }
        self.tie(login, client, guardian, None);
        Ok(())
    }

    pub fn tie(&mut self, login: usize, client: usize, guardian: bool, ends_at: Option<i64>) {
        let (is_ended, is_erased) = (false, false);
        self.proxies.push(Proxy { login, client, guardian, ends_at, is_ended, is_erased });
    }

    fn take_seat(&mut self, login: usize, seat: usize) -> Answer {
        if self.seats[seat].login.is_some() {
            return Err(Refusal::LinkRevoked.into());
        }
        if self.holds_seat(login, self.seats[seat].practice) {
            return Err(Refusal::LimitReached.into());
        }
        self.seats[seat].login = Some(login);
        Ok(())
    }

    /// The chart is open to whoever invited, unless that was withdrawn since.
    fn open_to_inviter(&mut self, client: usize, inviter: usize, sent_at: i64) {
        let is_settled = self.grants.iter().any(|it| {
            it.client == client
                && matches!(it.to, To::Seat(seat) if usize::from(seat) == inviter)
                && (self.is_open(it) || it.withdrawn_at.is_some_and(|at| at >= sent_at))
        });
        if !is_settled {
            self.grant(client, To::Seat(inviter as u8), None);
        }
    }
}
