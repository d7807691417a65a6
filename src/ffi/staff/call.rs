use super::super::actor::admit_actor;
use super::super::call::{self, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::object::List;
use super::super::status::admit_status;
use super::super::store::OpenStore;
use super::super::words::{admit_approval, admit_role, admit_staff_status_value};
use super::input::{admit_staff_input, admit_staff_query};
use super::object::{admit_staff, admit_staff_page};
use crate::commands::staff::{
    AddStaff, ApproveStaff, ChangeRole, MarkOnboarded, ReactivateStaff, StaffFilter, SuspendStaff,
    UpdateStaff,
};
use crate::commands::{Change, Command};
use crate::domain::actor::Actor;
use crate::domain::id::StaffId;
use crate::domain::staff::Approval;
use crate::domain::text::Reason;
use crate::error::{Error, InField, Result};
use std::ffi::c_char;

fn show(opened: &OpenStore, actor: &Actor, id: StaffId, out: Out<admit_staff>) -> Result<()> {
    if out.is_wanted() {
        out.fill(opened.admit.staff(actor, id)?.into());
    }
    Ok(())
}

fn given<T>(change: Change<T>) -> Option<T> {
    match change {
        Change::Set(value) => Some(value),
        Change::Keep | Change::Clear => None,
    }
}

/// Adds a seat to the actor's practice, without a login: invite its holder with
/// `admit_invitation_send`. `staff` may be NULL. Answers ADMIT_EXTERNAL_ID_TAKEN.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_add(
    actor: *mut admit_actor,
    input: *const admit_staff_input,
    staff: *mut *mut admit_staff,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(staff) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (add, key) = unsafe {
            let asked = call::input(input)?;
            let change = asked.change()?;
            let approval = admit_approval::read(asked.approval, "approval")?;
            let add = AddStaff {
                name: change.name.ok_or(Reason::Missing).field("name")?,
                role: admit_role::read(asked.role, "role")?.ok_or(Reason::Missing).field("role")?,
                title: given(change.title),
                email: given(change.email),
                phone: given(change.phone),
                locale: given(change.locale),
                zone: given(change.zone),
                external_id: given(change.external_id),
                approved: approval.map(|approval| approval == Approval::Approved),
            };
            (add, call::idempotency_key(asked.idempotency_key)?)
        };
        let id = opened.admit.run(&actor, add, key.as_ref())?;
        show(&opened, &actor, id, out)
    })
}

/// Reads a seat.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_get(
    actor: *mut admit_actor,
    staff_id: *const c_char,
    staff: *mut *mut admit_staff,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(staff) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        show(&opened, &actor, unsafe { call::id(staff_id, "staff_id")? }, out)
    })
}

/// Finds a seat by the host's own key.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_get_by_external_id(
    actor: *mut admit_actor,
    external_id: *const c_char,
    staff: *mut *mut admit_staff,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(staff) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let external = unsafe { call::external_id(external_id)? };
        out.fill(opened.admit.staff_by_external_id(&actor, &external)?.into());
        Ok(())
    })
}

/// Lists the seats of the actor's practice, oldest first. `query` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_list(
    actor: *mut admit_actor,
    query: *const admit_staff_query,
    page: *mut *mut admit_staff_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(page) }.required()?;
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (asked, after) = unsafe {
            let asked = call::input(query)?;
            (asked, call::text(asked.after, "after")?)
        };
        let filter = StaffFilter {
            role: admit_role::read(asked.role, "role")?,
            status: admit_staff_status_value::read(asked.status, "status")?,
            approval: admit_approval::read(asked.approval, "approval")?,
        };
        let found = opened.admit.staff_list(&actor, filter, after, asked.limit)?;
        out.fill(admit_staff_page(List::of(found)));
        Ok(())
    })
}

/// Changes a seat; what the input does not name stays. A seat may change its own contact data.
/// `staff` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_update(
    actor: *mut admit_actor,
    staff_id: *const c_char,
    input: *const admit_staff_input,
    staff: *mut *mut admit_staff,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(staff) };
        let (opened, actor) = handle::actor(actor)?;
        // SAFETY: as above.
        let (update, key) = unsafe {
            let asked = call::input(input)?;
            if asked.role != 0 || asked.approval != 0 {
                return Err(Error::Unsupported("role and approval in admit_staff_update"));
            }
            let update = UpdateStaff {
                staff: call::id(staff_id, "staff_id")?,
                change: asked.change()?,
                revision: asked.revision,
            };
            (update, call::idempotency_key(asked.idempotency_key)?)
        };
        let id = opened.admit.run(&actor, update, key.as_ref())?;
        show(&opened, &actor, id, out)
    })
}

/// # Safety
/// `staff_id` is as the header asks.
unsafe fn run<C: Command>(
    actor: *mut admit_actor,
    staff_id: *const c_char,
    command: impl FnOnce(StaffId) -> C,
) -> Result<()> {
    let (opened, actor) = handle::actor(actor)?;
    // SAFETY: handed on from this function's contract.
    let command = command(unsafe { call::id(staff_id, "staff_id")? });
    opened.admit.run(&actor, command, None).map(drop)
}

/// Gives a seat another role, an admit_role, and ends its holder's sessions. The host gives a
/// reason. Answers ADMIT_LAST_ADMIN for the last admin of a practice who would step down.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_change_role(
    actor: *mut admit_actor,
    staff_id: *const c_char,
    role: i32,
    revision: u64,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let role = admit_role::read(role, "role")?.ok_or(Reason::Missing).field("role")?;
        // SAFETY: the pointers are as the header asks.
        unsafe { run(actor, staff_id, |staff| ChangeRole { staff, role, revision }) }
    })
}

/// Lets a seat that waits for approval work. `revision` is what the caller saw; 0 is any.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_approve(
    actor: *mut admit_actor,
    staff_id: *const c_char,
    revision: u64,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        unsafe { run(actor, staff_id, |staff| ApproveStaff { staff, revision }) }
    })
}

/// Stops a seat for now and ends its holder's sessions. Answers ADMIT_LAST_ADMIN for the last
/// admin of a practice who would stop itself. An invited admin counts once it has accepted, or
/// where no admin of the practice has a login.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_suspend(
    actor: *mut admit_actor,
    staff_id: *const c_char,
    revision: u64,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        unsafe { run(actor, staff_id, |staff| SuspendStaff { staff, revision }) }
    })
}

/// Lets a suspended seat work again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_reactivate(
    actor: *mut admit_actor,
    staff_id: *const c_char,
    revision: u64,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        unsafe { run(actor, staff_id, |staff| ReactivateStaff { staff, revision }) }
    })
}

/// Notes that the holder of a seat has finished the product's first steps.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_staff_mark_onboarded(
    actor: *mut admit_actor,
    staff_id: *const c_char,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        unsafe { run(actor, staff_id, |staff| MarkOnboarded { staff }) }
    })
}
