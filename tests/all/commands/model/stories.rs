//! What stories are told: steps by people who mostly may take them, about things that mostly are
//! there.

use super::ops::{By, Member, Op, Pause, Sent, Story, To, Typed, WayIn};
use super::{batch, delegation, identity, item, newcomer, open_link, outbox};
use admit::domain::client::{Stage, Status};
use admit::domain::staff::Role;
use proptest::prelude::*;

pub fn at() -> impl Strategy<Value = u8> {
    0..6_u8
}

/// Mostly the first, so that what a story names is seldom another practice's.
pub fn practice() -> impl Strategy<Value = u8> {
    prop_oneof![6 => Just(0_u8), 1 => Just(1_u8)]
}

/// The latest of its kind as a rule: it counts from the end.
pub fn latest() -> impl Strategy<Value = u8> {
    prop_oneof![3 => Just(0_u8), 2 => 0..6_u8]
}

pub fn word() -> impl Strategy<Value = u8> {
    0..2_u8
}

pub fn address() -> impl Strategy<Value = u8> {
    0..4_u8
}

pub fn by() -> impl Strategy<Value = By> {
    prop_oneof![
        2 => practice().prop_map(|practice| By::Host { practice }),
        6 => practice().prop_map(|practice| By::HostWithReason { practice }),
        2 => Just(By::Seat(0)),
        5 => at().prop_map(By::Seat),
        1 => latest().prop_map(By::Delegate),
        2 => (at(), practice()).prop_map(|(login, practice)| By::Login { login, practice }),
    ]
}

pub fn role() -> impl Strategy<Value = Role> {
    use Role::{Admin, Assistant, Member, Practitioner};
    prop::sample::select(vec![Practitioner, Admin, Assistant, Member])
}

pub fn stage() -> impl Strategy<Value = Stage> {
    prop::sample::select(vec![Stage::Registered, Stage::Prospective, Stage::Guest])
}

fn status() -> impl Strategy<Value = Status> {
    prop::sample::select(vec![Status::Active, Status::Deactivated, Status::Suspended])
}

pub fn sent() -> impl Strategy<Value = Sent> {
    prop_oneof![3 => Just(Sent::ByEmail), 1 => Just(Sent::Copied)]
}

pub fn way_in() -> impl Strategy<Value = WayIn> {
    prop_oneof![
        2 => word().prop_map(WayIn::Password),
        1 => at().prop_map(WayIn::SessionOf),
        2 => identity::any().prop_map(WayIn::Identity),
    ]
}

pub fn typed() -> impl Strategy<Value = Typed> {
    prop_oneof![
        5 => Just(Typed::Right),
        3 => word().prop_map(Typed::Word),
        1 => at().prop_map(Typed::Temporary),
    ]
}

pub fn to() -> impl Strategy<Value = To> {
    prop_oneof![2 => at().prop_map(To::Seat), 1 => (0..4_u8).prop_map(To::Room)]
}

pub fn member() -> impl Strategy<Value = Member> {
    prop_oneof![at().prop_map(Member::Seat), at().prop_map(Member::Client)]
}

fn pause() -> impl Strategy<Value = Pause> {
    use Pause::{Day, FiveDays, HalfDay, Hour, Minute, TenDays};
    prop::sample::select(vec![Minute, Hour, HalfDay, Day, FiveDays, TenDays])
}

pub fn days() -> impl Strategy<Value = Option<u8>> {
    prop::option::weighted(0.3, 1..7_u8)
}

pub fn maybe_address() -> impl Strategy<Value = Option<u8>> {
    prop::option::weighted(0.8, address())
}

fn earlier() -> impl Strategy<Value = bool> {
    prop::bool::weighted(0.15)
}

fn staff() -> BoxedStrategy<Op> {
    prop_oneof![
        2 => (by(), role(), address(), any::<bool>()).prop_map(|(by, role, address, approved)| {
            Op::AddStaff { by, role, address, approved }
        }),
        2 => (by(), at()).prop_map(|(by, seat)| Op::Approve { by, seat }),
        1 => (by(), at()).prop_map(|(by, seat)| Op::Suspend { by, seat }),
        2 => (by(), at()).prop_map(|(by, seat)| Op::Reactivate { by, seat }),
        1 => (by(), at(), role())
            .prop_map(|(by, seat, role)| Op::ChangeRole { by, seat, role }),
        1 => (by(), at(), prop::option::of(at()))
            .prop_map(|(by, seat, successor)| Op::EndStaff { by, seat, successor }),
    ]
    .boxed()
}

fn practices() -> BoxedStrategy<Op> {
    let host =
        || prop_oneof![3 => practice().prop_map(|practice| By::Host { practice }), 1 => by()];
    prop_oneof![
        1 => host().prop_map(|by| Op::SuspendPractice { by }),
        2 => host().prop_map(|by| Op::ReactivatePractice { by }),
    ]
    .boxed()
}

pub fn clients() -> BoxedStrategy<Op> {
    prop_oneof![
        3 => (by(), maybe_address(), stage())
            .prop_map(|(by, address, stage)| Op::CreateClient { by, address, stage }),
        1 => (by(), at(), maybe_address())
            .prop_map(|(by, client, address)| Op::SetEmail { by, client, address }),
        2 => (by(), at(), status())
            .prop_map(|(by, client, status)| Op::SetStatus { by, client, status }),
        1 => (by(), at(), stage())
            .prop_map(|(by, client, stage)| Op::SetStage { by, client, stage }),
        2 => (by(), at(), at()).prop_map(|(by, from, into)| Op::Merge { by, from, into }),
    ]
    .boxed()
}

pub fn invitations() -> BoxedStrategy<Op> {
    prop_oneof![
        4 => (by(), at(), prop::bool::weighted(0.25), prop::option::weighted(0.3, address()), sent())
            .prop_map(|(by, client, guardian, address, sent)| Op::InviteClient {
                by, client, guardian, address, sent
            }),
        2 => (by(), word(), address(), sent())
            .prop_map(|(by, name, address, sent)| Op::InviteSomebody { by, name, address, sent }),
        2 => (by(), at()).prop_map(|(by, seat)| Op::InviteToSeat { by, seat }),
        1 => (by(), role(), address())
            .prop_map(|(by, role, address)| Op::InviteToNewSeat { by, role, address }),
        1 => (by(), at()).prop_map(|(by, invitation)| Op::Revoke { by, invitation }),
        8 => (latest(), earlier(), sent(), way_in())
            .prop_map(|(invitation, earlier_link, sent, way_in)| Op::Accept {
                invitation, earlier_link, sent, way_in
            }),
        1 => (latest(), earlier())
            .prop_map(|(invitation, earlier_link)| Op::Decline { invitation, earlier_link }),
        1 => (latest(), earlier())
            .prop_map(|(invitation, earlier_link)| Op::AskAgain { invitation, earlier_link }),
    ]
    .boxed()
}

fn logins() -> BoxedStrategy<Op> {
    prop_oneof![
        5 => (practice(), address(), typed())
            .prop_map(|(practice, address, typed)| Op::SignIn { practice, address, typed }),
        1 => (practice(), address())
            .prop_map(|(practice, address)| Op::AskForReset { practice, address }),
        2 => (by(), at()).prop_map(|(by, login)| Op::SendReset { by, login }),
        2 => (latest(), word()).prop_map(|(link, word)| Op::Reset { link, word }),
        2 => (at(), practice(), typed(), word()).prop_map(|(login, practice, typed, word)| {
            Op::ChangePassword { login, practice, typed, word }
        }),
        2 => (by(), at()).prop_map(|(by, login)| Op::SetTemporary { by, login }),
        1 => (by(), at()).prop_map(|(by, login)| Op::Unlock { by, login }),
        1 => (by(), at()).prop_map(|(by, login)| Op::EndSessions { by, login }),
        1 => (by(), at()).prop_map(|(by, login)| Op::RemoveLogin { by, login }),
    ]
    .boxed()
}

fn ties() -> BoxedStrategy<Op> {
    prop_oneof![
        2 => (by(), at(), at(), any::<bool>(), days()).prop_map(
            |(by, client, login, guardian, days)| Op::AddProxy { by, client, login, guardian, days }
        ),
        1 => (by(), at()).prop_map(|(by, proxy)| Op::EndProxy { by, proxy }),
        3 => (by(), at(), to(), days())
            .prop_map(|(by, client, to, days)| Op::GiveGrant { by, client, to, days }),
        1 => (by(), at()).prop_map(|(by, grant)| Op::WithdrawGrant { by, grant }),
        2 => (by(), 0..4_u8, member())
            .prop_map(|(by, room, member)| Op::Assign { by, room, member }),
        1 => (by(), 0..4_u8, member())
            .prop_map(|(by, room, member)| Op::Unassign { by, room, member }),
    ]
    .boxed()
}

fn deletions() -> BoxedStrategy<Op> {
    prop_oneof![
        3 => (by(), at()).prop_map(|(by, client)| Op::Delete { by, client }),
        2 => (by(), at()).prop_map(|(by, client)| Op::CallOff { by, client }),
        2 => (by(), at()).prop_map(|(by, order)| Op::FinishDeletion { by, order }),
        1 => (by(), at()).prop_map(|(by, client)| Op::PlaceHold { by, client }),
        2 => (by(), at()).prop_map(|(by, hold)| Op::LiftHold { by, hold }),
    ]
    .boxed()
}

pub fn time() -> BoxedStrategy<Op> {
    prop_oneof![
        4 => pause().prop_map(Op::Wait),
        2 => Just(Op::Upkeep),
        1 => Just(Op::AcceptTime),
        1 => Just(Op::OpenAgain),
    ]
    .boxed()
}

pub fn op() -> BoxedStrategy<Op> {
    prop_oneof![
        1 => practices(),
        4 => clients(),
        6 => invitations(),
        4 => staff(),
        4 => logins(),
        3 => ties(),
        3 => deletions(),
        3 => delegation::op(),
        4 => item::op(),
        5 => outbox::op(),
        4 => open_link::op(),
        2 => newcomer::op(),
        3 => super::address::op(),
        3 => batch::op(),
        2 => identity::op(),
        2 => time(),
    ]
    .boxed()
}

/// Stories of up to so many steps, and of half as many at the least.
pub fn story(longest: usize) -> impl Strategy<Value = Story> {
    let step = |about| prop::collection::vec(about, longest / 2..longest);
    let steps = prop_oneof![4 => step(op()), 1 => step(batch::busy()), 1 => step(identity::busy())];
    (any::<bool>(), delegation::given(), steps).prop_map(|(one_portal, given, steps)| Story {
        one_portal,
        given,
        steps,
    })
}
