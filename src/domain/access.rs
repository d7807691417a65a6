//! Who may do what: one table of role by action, read by every command first.

use super::id::Thing;
use super::refusal::Refusal;
use super::staff::Role;
use super::text::Reason;
use serde::{Deserialize, Serialize};

/// What an actor is to the practice, and to the client at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The product itself.
    Host,
    /// A staff seat that runs the practice.
    Admin,
    /// A staff seat that serves clients.
    Practitioner,
    /// A staff seat that acts for practitioners.
    Assistant,
    /// A staff seat that reaches only itself.
    Member,
    /// A login that is the client, or acts on itself.
    Client,
    /// A login that holds the client as guardian.
    Guardian,
    /// Nobody yet.
    Visitor,
    /// An assistant that acts for a practitioner.
    Delegate,
}

impl From<Role> for Standing {
    fn from(role: Role) -> Self {
        match role {
            Role::Admin => Self::Admin,
            Role::Practitioner => Self::Practitioner,
            Role::Assistant => Self::Assistant,
            Role::Member => Self::Member,
        }
    }
}

impl Standing {
    /// All standings, in the order of the table's columns.
    pub const ALL: [Self; 9] = [
        Self::Host,
        Self::Admin,
        Self::Practitioner,
        Self::Assistant,
        Self::Member,
        Self::Client,
        Self::Guardian,
        Self::Visitor,
        Self::Delegate,
    ];
}

/// How the thing at hand relates to the actor. A thing that the actor makes counts as its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// It is in the same practice.
    Practice,
    /// It is a client open to the actor by a grant, or belongs to such a client.
    Granted,
    /// It is the actor itself, or made by it.
    Own,
}

/// How far an action reaches for one standing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Never.
    Never,
    /// What is the actor's own.
    Own,
    /// What is open to the actor by a grant, and its own.
    Granted,
    /// Everything in the practice.
    Practice,
    /// Everything in the practice, with a recorded reason.
    Reasoned,
}

impl Reach {
    /// Decides for one relation.
    ///
    /// # Errors
    /// `ReasonRequired` where only the reason is missing, else `NotPermitted`.
    pub fn admit(self, relation: Relation, has_reason: bool) -> Result<(), Refusal> {
        match self {
            Self::Practice => Ok(()),
            Self::Reasoned if has_reason => Ok(()),
            Self::Reasoned => Err(Refusal::ReasonRequired),
            Self::Granted if relation >= Relation::Granted => Ok(()),
            Self::Own if relation == Relation::Own => Ok(()),
            Self::Never | Self::Granted | Self::Own => Err(Refusal::NotPermitted),
        }
    }
}

/// What a decision on access asks on its way, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Whether the seat may act: approved, neither suspended nor ended.
    Seat,
    /// Whether the login may act: in use, its session not ended, no temporary password to change.
    Session,
    /// Whether a delegation lets it act for a practitioner.
    Delegation,
    /// Whether a grant opens the chart, to the seat or to a room of its.
    Grant,
    /// Whether seat and client share a room.
    Room,
    /// Whether the login is tied to the client.
    Proxy,
    /// Whether the client has access, so that its logins have.
    Client,
    /// What the access table gives the role.
    Role,
}

/// One step of a decision. The first refusal ends the decision; a step that does not hold without
/// a refusal leaves it to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What was asked.
    pub kind: StepKind,
    /// Of what.
    pub thing: Option<Thing>,
    /// Whether it holds.
    pub holds: bool,
    /// The rule that said no, where one did.
    pub refusal: Option<Refusal>,
}

macro_rules! actions {
    ($($action:ident $word:literal $row:expr;)+) => {
        /// What can be asked of a practice; stored and shown by its word.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub enum Action {
            $(#[doc = concat!("`", $word, "`.")] $action,)+
        }

        impl Action {
            /// All actions, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$action,)+];

            /// The word for this action in C, JSON and scripts.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$action => $word,)+ }
            }

            const fn row(self) -> [Reach; 9] {
                match self { $(Self::$action => $row,)+ }
            }
        }
    };
}

const N: Reach = Reach::Never;
const O: Reach = Reach::Own;
const G: Reach = Reach::Granted;
const P: Reach = Reach::Practice;
const R: Reach = Reach::Reasoned;

// A delegate does what concerns the practitioner's clients and can be undone. What opens charts to
// others, sets or takes away a way to sign in, exports, deletes, or changes who works here would
// outlast the delegation, so it stays with the practitioner.
actions! {
    //                                                   host admin pract assis member client guard visitor delegate
    PracticeRead         "practice.read"               [P, P, P, P, P, P, P, P, P];
    PracticeUpdate       "practice.update"             [P, P, N, N, N, N, N, N, N];
    PracticeSuspend      "practice.suspend"            [P, N, N, N, N, N, N, N, N];
    PracticeExport       "practice.export"             [R, P, N, N, N, N, N, N, N];
    PracticeErase        "practice.erase"              [R, N, N, N, N, N, N, N, N];
    StaffAdd             "staff.add"                   [P, P, N, N, N, N, N, N, N];
    StaffRead            "staff.read"                  [P, P, P, P, O, N, N, N, P];
    StaffUpdate          "staff.update"                [P, P, O, O, O, N, N, N, N];
    StaffChangeRole      "staff.change_role"           [R, P, N, N, N, N, N, N, N];
    StaffApprove         "staff.approve"               [P, P, N, N, N, N, N, N, N];
    StaffSuspend         "staff.suspend"               [P, P, N, N, N, N, N, N, N];
    StaffImport          "staff.import"                [P, P, N, N, N, N, N, N, N];
    ClientCreate         "client.create"               [P, P, O, N, N, N, N, N, O];
    ClientRead           "client.read"                 [P, P, G, G, N, O, O, N, G];
    ClientUpdate         "client.update"               [P, P, G, N, N, O, O, N, G];
    ClientSetStatus      "client.set_status"           [P, P, G, N, N, N, N, N, G];
    ClientMerge          "client.merge"              [P, P, G, N, N, N, N, N, N];
    ClientEnterAsGuest   "client.enter_as_guest"     [P, N, N, N, N, N, N, P, N];
    ClientRegister       "client.register"           [P, N, N, N, N, N, N, P, N];
    ClientImport         "client.import"               [P, P, N, N, N, N, N, N, N];
    ClientExport         "client.export"               [P, P, G, N, N, O, O, N, N];
    ProxyAdd             "proxy.add"                   [P, P, G, N, N, N, N, N, N];
    ProxyEnd             "proxy.end"                   [P, P, G, N, N, O, O, N, N];
    ProxyImport          "proxy.import"                [P, P, N, N, N, N, N, N, N];
    ProxyRead            "proxy.read"                  [P, P, G, G, N, O, O, N, G];
    RoomManage           "room.manage"                 [P, P, N, N, N, N, N, N, N];
    RoomRead             "room.read"                   [P, P, P, P, N, N, N, N, P];
    GrantGive            "grant.give"                  [P, P, G, N, N, O, O, N, N];
    GrantWithdraw        "grant.withdraw"              [P, P, G, N, N, O, O, N, N];
    GrantImport          "grant.import"                [P, P, N, N, N, N, N, N, N];
    GrantRead            "grant.read"                  [P, P, G, G, N, O, O, N, G];
    PersonList           "person.list"                 [P, P, O, O, N, N, N, N, O];
    InvitationSend       "invitation.send"             [P, P, G, N, N, N, N, N, G];
    InvitationShowLink   "invitation.show_link"        [R, P, G, N, N, N, N, N, G];
    InvitationRevoke     "invitation.revoke"           [P, P, G, N, N, N, N, N, G];
    InvitationRead       "invitation.read"             [P, P, G, G, N, O, O, N, G];
    InvitationPlan       "invitation.plan"             [P, P, O, N, N, N, N, N, N];
    BatchRead            "batch.read"                  [P, P, O, N, N, N, N, N, N];
    OpenLinkCreate       "open_link.create"            [P, P, O, N, N, N, N, N, N];
    OpenLinkShow         "open_link.show"              [R, P, O, N, N, N, N, N, N];
    OpenLinkRevoke       "open_link.revoke"            [P, P, O, N, N, N, N, N, N];
    OpenLinkRead         "open_link.read"              [P, P, O, N, N, N, N, N, N];
    LoginCreate          "login.create"                [P, P, G, N, N, N, N, N, N];
    LoginImport          "login.import"                [P, P, N, N, N, N, N, N, N];
    LoginRead            "login.read"                  [P, P, G, N, N, O, O, N, G];
    LoginUpdate          "login.update"                [P, N, N, N, N, O, O, N, N];
    LoginRequestReset    "login.request_reset"         [P, P, G, N, N, O, O, P, G];
    LoginSetTemporary    "login.set_temporary_password" [R, P, G, N, N, N, N, N, N];
    LoginChangePassword  "login.change_password"       [N, N, N, N, N, O, O, N, N];
    LoginChangeAddress   "login.request_address_change" [P, N, N, N, N, O, O, N, N];
    LoginLinkIdentity    "login.link_identity"         [P, N, N, N, N, O, O, N, N];
    LoginUnlock          "login.unlock"                [P, P, G, N, N, N, N, N, G];
    LoginEndSessions     "login.end_sessions"          [P, P, G, N, N, O, O, N, G];
    LoginRemove          "login.remove"                [P, P, G, N, N, N, N, N, N];
    SignIn               "login.sign_in"               [P, N, N, N, N, N, N, P, N];
    MessageRead          "message.read"                [P, P, G, G, N, N, N, N, G];
    NoticePost           "notice.post"                 [P, P, G, G, N, N, N, N, G];
    ScriptManage         "script.manage"               [P, N, N, N, N, N, N, N, N];
    ScriptRead           "script.read"                 [P, P, N, N, N, N, N, N, N];
    DeletionPlan         "deletion.plan"               [P, P, G, O, O, O, O, N, N];
    DeletionConfirm      "deletion.confirm"            [R, P, G, O, O, O, O, N, N];
    DeletionCallOff      "deletion.call_off"           [P, P, G, N, N, N, N, N, N];
    DeletionDone         "deletion.done"               [P, N, N, N, N, N, N, N, N];
    DeletionRead         "deletion.read"               [P, P, N, N, N, N, N, N, N];
    HoldPlace            "hold.place"                  [R, P, N, N, N, N, N, N, N];
    HoldLift             "hold.lift"                   [R, P, N, N, N, N, N, N, N];
    HoldRead             "hold.read"                   [P, P, G, N, N, N, N, N, G];
    EventRead            "event.list"                  [P, P, N, N, N, N, N, N, N];
    EventVerify          "event.verify"                [P, P, N, N, N, N, N, N, N];
    AccessRead           "access.read"               [P, P, G, G, N, O, O, N, N];
    ItemPut              "item.put"                    [P, P, G, G, N, O, O, N, G];
    ItemSetStatus        "item.set_status"             [P, P, G, G, N, N, N, N, G];
    ItemRemove           "item.remove"                 [P, P, G, N, N, N, N, N, N];
    ItemRead             "item.read"                   [P, P, G, G, N, O, O, N, G];
    DelegationGive       "delegation.give"             [P, P, O, N, N, N, N, N, N];
    DelegationEnd        "delegation.end"              [P, P, O, O, N, N, N, N, N];
    DelegationRead       "delegation.read"             [P, P, O, O, N, N, N, N, N];
    DelegationClear      "delegation.clear"            [P, P, O, N, N, N, N, N, N];
    AssistantInvite      "assistant.invite"            [P, P, O, N, N, N, N, N, N];
    StaffEnd             "staff.end"                   [R, P, N, N, N, N, N, N, N];
}

impl From<Action> for String {
    fn from(action: Action) -> Self {
        action.word().to_owned()
    }
}

impl TryFrom<String> for Action {
    type Error = Reason;

    fn try_from(word: String) -> Result<Self, Reason> {
        Self::find(&word).ok_or(Reason::Unknown)
    }
}

impl Action {
    /// How far the action reaches for a standing.
    pub const fn reach(self, standing: Standing) -> Reach {
        self.row()[standing as usize]
    }

    /// Finds an action by its word.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.word() == word)
    }

    /// Whether a practitioner can let an assistant do it.
    pub fn is_delegable(self) -> bool {
        self.reach(Standing::Delegate) != Reach::Never
    }

    /// Whether a suspended practice still answers it.
    pub const fn only_reads(self) -> bool {
        matches!(
            self,
            Self::PracticeRead
                | Self::PracticeSuspend
                | Self::StaffRead
                | Self::ClientRead
                | Self::ClientExport
                | Self::ProxyRead
                | Self::RoomRead
                | Self::GrantRead
                | Self::PersonList
                | Self::InvitationRead
                | Self::LoginRead
                | Self::MessageRead
                | Self::ScriptRead
                | Self::DeletionRead
                | Self::HoldRead
                | Self::OpenLinkRead
                | Self::PracticeExport
                | Self::PracticeErase
                | Self::BatchRead
                | Self::ItemRead
                | Self::AccessRead
                | Self::EventRead
                | Self::EventVerify
                | Self::DelegationRead
        )
    }
}
