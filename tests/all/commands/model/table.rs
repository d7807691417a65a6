//! Who may do what, written down once more, apart from the library's own table.

use admit::domain::access::Action;

/// One action. A letter each for host, admin, practitioner, assistant, member, client, guardian,
/// visitor and delegate: in the Practice, Granted, Own, Reasoned, or `-` for never.
#[derive(Clone, Copy)]
pub struct Row {
    pub action: Action,
    letters: &'static [u8; 9],
    /// Whether a suspended practice still answers it.
    pub only_reads: bool,
}

/// The column of one who acts for a practitioner.
pub const DELEGATE: usize = 8;

impl Row {
    pub const fn letter(&self, column: usize) -> u8 {
        self.letters[column]
    }

    pub const fn is_delegable(&self) -> bool {
        self.letters[DELEGATE] != b'-'
    }
}

const fn writes(action: Action, letters: &'static [u8; 9]) -> Row {
    Row { action, letters, only_reads: false }
}

const fn reads(action: Action, letters: &'static [u8; 9]) -> Row {
    Row { action, letters, only_reads: true }
}

pub const PRACTICE_UPDATE: Row = writes(Action::PracticeUpdate, b"PP-------");
pub const PRACTICE_SUSPEND: Row = reads(Action::PracticeSuspend, b"P--------");

pub const STAFF_ADD: Row = writes(Action::StaffAdd, b"PP-------");
pub const STAFF_UPDATE: Row = writes(Action::StaffUpdate, b"PPOOO----");
pub const STAFF_APPROVE: Row = writes(Action::StaffApprove, b"PP-------");
pub const STAFF_SUSPEND: Row = writes(Action::StaffSuspend, b"PP-------");
pub const STAFF_CHANGE_ROLE: Row = writes(Action::StaffChangeRole, b"RP-------");
pub const STAFF_END: Row = writes(Action::StaffEnd, b"RP-------");

pub const CLIENT_CREATE: Row = writes(Action::ClientCreate, b"PPO-----O");
pub const CLIENT_READ: Row = reads(Action::ClientRead, b"PPGG-OO-G");
pub const CLIENT_UPDATE: Row = writes(Action::ClientUpdate, b"PPG--OO-G");
pub const CLIENT_SET_STATUS: Row = writes(Action::ClientSetStatus, b"PPG-----G");

pub const CLIENT_MERGE: Row = writes(Action::ClientMerge, b"PPG------");
pub const CLIENT_ENTER_AS_GUEST: Row = writes(Action::ClientEnterAsGuest, b"P------P-");
pub const CLIENT_REGISTER: Row = writes(Action::ClientRegister, b"P------P-");

pub const INVITATION_SEND: Row = writes(Action::InvitationSend, b"PPG-----G");
pub const INVITATION_REVOKE: Row = writes(Action::InvitationRevoke, b"PPG-----G");
pub const INVITATION_PLAN: Row = writes(Action::InvitationPlan, b"PPO------");
pub const BATCH_READ: Row = reads(Action::BatchRead, b"PPO------");

pub const OPEN_LINK_CREATE: Row = writes(Action::OpenLinkCreate, b"PPO------");
pub const OPEN_LINK_REVOKE: Row = writes(Action::OpenLinkRevoke, b"PPO------");

pub const PROXY_ADD: Row = writes(Action::ProxyAdd, b"PPG------");
pub const PROXY_END: Row = writes(Action::ProxyEnd, b"PPG--OO--");
pub const GRANT_GIVE: Row = writes(Action::GrantGive, b"PPG--OO--");
pub const GRANT_WITHDRAW: Row = writes(Action::GrantWithdraw, b"PPG--OO--");
pub const ROOM_MANAGE: Row = writes(Action::RoomManage, b"PP-------");

pub const SIGN_IN: Row = writes(Action::SignIn, b"P------P-");
pub const LOGIN_CHANGE_PASSWORD: Row = writes(Action::LoginChangePassword, b"-----OO--");
pub const LOGIN_REQUEST_RESET: Row = writes(Action::LoginRequestReset, b"PPG--OOPG");
pub const LOGIN_CHANGE_ADDRESS: Row = writes(Action::LoginChangeAddress, b"P----OO--");
pub const LOGIN_SET_TEMPORARY: Row = writes(Action::LoginSetTemporary, b"RPG------");
pub const LOGIN_LINK_IDENTITY: Row = writes(Action::LoginLinkIdentity, b"P----OO--");
pub const LOGIN_UNLOCK: Row = writes(Action::LoginUnlock, b"PPG-----G");
pub const LOGIN_END_SESSIONS: Row = writes(Action::LoginEndSessions, b"PPG--OO-G");
pub const LOGIN_REMOVE: Row = writes(Action::LoginRemove, b"PPG------");

pub const DELETION_PLAN: Row = writes(Action::DeletionPlan, b"PPGOOOO--");
pub const DELETION_CONFIRM: Row = writes(Action::DeletionConfirm, b"RPGOOOO--");
pub const DELETION_CALL_OFF: Row = writes(Action::DeletionCallOff, b"PPG------");
pub const DELETION_DONE: Row = writes(Action::DeletionDone, b"P--------");
pub const HOLD_PLACE: Row = writes(Action::HoldPlace, b"RP-------");
pub const HOLD_LIFT: Row = writes(Action::HoldLift, b"RP-------");

pub const ITEM_PUT: Row = writes(Action::ItemPut, b"PPGG-OO-G");
pub const ITEM_SET_STATUS: Row = writes(Action::ItemSetStatus, b"PPGG----G");
pub const ITEM_REMOVE: Row = writes(Action::ItemRemove, b"PPG------");
pub const NOTICE_POST: Row = writes(Action::NoticePost, b"PPGG----G");

pub const DELEGATION_GIVE: Row = writes(Action::DelegationGive, b"PPO------");
pub const DELEGATION_END: Row = writes(Action::DelegationEnd, b"PPOO-----");
pub const DELEGATION_CLEAR: Row = writes(Action::DelegationClear, b"PPO------");
pub const ASSISTANT_INVITE: Row = writes(Action::AssistantInvite, b"PPO------");
