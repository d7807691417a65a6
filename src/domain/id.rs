//! Typed ids: a client's id is never taken for an invitation's.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use uuid::Uuid;

/// The id of one noun `N`: a uuid of version 7, never reused and never a credential.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id<N> {
    uuid: Uuid,
    #[serde(skip)]
    noun: PhantomData<fn() -> N>,
}

impl<N> Id<N> {
    /// Types a uuid that was made for this noun, or found under it.
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self { uuid, noun: PhantomData }
    }

    /// Reads the hyphenated text form; anything else is None, hence not found.
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 36).then(|| Uuid::try_parse(text).ok().map(Self::from_uuid)).flatten()
    }

    /// The uuid itself.
    pub const fn uuid(self) -> Uuid {
        self.uuid
    }

    /// The sixteen bytes that key the rows of this noun.
    pub const fn bytes(&self) -> &[u8; 16] {
        self.uuid.as_bytes()
    }
}

impl<N> Clone for Id<N> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<N> Copy for Id<N> {}
impl<N> PartialEq for Id<N> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}
impl<N> Eq for Id<N> {}
impl<N> PartialOrd for Id<N> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<N> Ord for Id<N> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.uuid.cmp(&other.uuid)
    }
}
impl<N> Hash for Id<N> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}
impl<N> fmt::Display for Id<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid.fmt(f)
    }
}
impl<N> fmt::Debug for Id<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid.fmt(f)
    }
}

/// Every noun that an id or an event can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Noun {
    /// The tenant.
    Practice,
    /// A seat in a practice.
    Staff,
    /// Who is served.
    Client,
    /// Who signs in.
    Login,
    /// The tie of a login to a client.
    Proxy,
    /// An offer of a login.
    Invitation,
    /// A reset or an address change that waits for its link.
    Challenge,
    /// A client's chart open to staff or a room.
    Grant,
    /// A group of staff and clients.
    Room,
    /// A notice for one recipient, in the outbox.
    Message,
    /// A version of a product's or a practice's scripts.
    ScriptSet,
    /// What the host has to erase of a client that was erased here.
    EraseOrder,
    /// A ground on which nothing about a client is deleted.
    Hold,
    /// The store itself, over all practices.
    Store,
    /// An assistant acts for a practitioner.
    Delegation,
    /// Something that the product holds about a client.
    Item,
    /// One link by which many come in.
    OpenLink,
    /// Many invitations, planned and applied together.
    Batch,
}

impl Noun {
    /// All nouns, in the order of their numbers.
    pub const ALL: &[Self] = &[
        Self::Practice,
        Self::Staff,
        Self::Client,
        Self::Login,
        Self::Proxy,
        Self::Invitation,
        Self::Challenge,
        Self::Grant,
        Self::Room,
        Self::Message,
        Self::ScriptSet,
        Self::EraseOrder,
        Self::Hold,
        Self::Store,
        Self::Delegation,
        Self::Item,
        Self::OpenLink,
        Self::Batch,
    ];

    /// The word for this noun, as scripts and JSON spell it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Practice => "practice",
            Self::Staff => "staff",
            Self::Client => "client",
            Self::Login => "login",
            Self::Proxy => "proxy",
            Self::Invitation => "invitation",
            Self::Challenge => "challenge",
            Self::Grant => "grant",
            Self::Room => "room",
            Self::Message => "message",
            Self::ScriptSet => "script_set",
            Self::EraseOrder => "erase_order",
            Self::Hold => "hold",
            Self::Store => "store",
            Self::Delegation => "delegation",
            Self::Item => "item",
            Self::OpenLink => "open_link",
            Self::Batch => "batch",
        }
    }
}

/// One thing of any noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Thing {
    /// What it is.
    pub noun: Noun,
    /// Its id.
    pub id: Uuid,
}

impl Thing {
    /// The store itself; its id is nil, and so is that of its own chain of events.
    pub const STORE: Self = Self { noun: Noun::Store, id: Uuid::nil() };
}

/// Ties a marker type to its noun, so that an `Id` becomes a `Thing` without saying which.
pub trait Named {
    /// The noun of the marker.
    const NOUN: Noun;
}

impl<N: Named> From<Id<N>> for Thing {
    fn from(id: Id<N>) -> Self {
        Self { noun: N::NOUN, id: id.uuid() }
    }
}

macro_rules! ids {
    ($($marker:ident => $alias:ident: $doc:literal),+ $(,)?) => {$(
        #[doc = concat!("Marks the ids of ", $doc, ".")]
        pub enum $marker {}
        impl Named for $marker {
            const NOUN: Noun = Noun::$marker;
        }
        #[doc = concat!("The id of ", $doc, ".")]
        pub type $alias = Id<$marker>;
    )+};
}

ids! {
    Practice => PracticeId: "a practice",
    Staff => StaffId: "a staff seat",
    Client => ClientId: "a client",
    Login => LoginId: "a login",
    Proxy => ProxyId: "a proxy",
    Invitation => InvitationId: "an invitation",
    Challenge => ChallengeId: "a challenge",
    Grant => GrantId: "a grant",
    Room => RoomId: "a room",
    Message => MessageId: "a message",
    ScriptSet => ScriptSetId: "a script set",
    EraseOrder => EraseOrderId: "an erase order",
    Hold => HoldId: "a hold",
    Delegation => DelegationId: "a delegation",
    Item => ItemId: "an item",
    OpenLink => OpenLinkId: "an open link",
    Batch => BatchId: "a batch of invitations",
}

/// Marks the ids of portals.
pub enum Portal {}
/// The id of a portal: where a login signs in. Practices may share one.
pub type PortalId = Id<Portal>;

/// Marks the ids of places that an open link holds.
pub enum Place {}
/// The id of a place that is held until an address is proved.
pub type PlaceId = Id<Place>;
