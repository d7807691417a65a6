//! What keeps a store well, and what a host's own database follows.

use super::super::call::{self, Out};
use super::super::error::admit_error;
use super::super::handle;
use super::super::object::{List, Object, free, json, listed, number, opaque, shown, some, text};
use super::super::status::admit_status;
use super::super::words::admit_noun;
use super::admit_store;
use crate::commands::Page;
use crate::commands::change::{Changed, Stats};
use crate::commands::upkeep::Upkept;
use crate::domain::text::Reason;
use crate::domain::time::Timestamp;
use crate::error::InField;
use std::ffi::c_char;
use std::ptr;

/// What a run of upkeep did. Free it with `admit_upkeep_free`.
pub struct admit_upkeep(Object<Upkept>);
opaque!(admit_upkeep shows Upkept);

/// Sees to what is due, at most `limit` things, 0 for 1,000: lapsed invitations and delegations, seats
/// whose end was too much for one commit, the ends of guardians' ties, clients whose deletion was put
/// off to now, practices that were ended, places of open links, old outcomes, batches, challenges and
/// counters. Call it every few minutes, and again at
/// once while `admit_upkeep_more` says so. `upkeep` may be NULL.
///
/// Answers ADMIT_CLOCK_JUMP while the clock is more than 7 days ahead of the last upkeep; then
/// nothing is done until the host has checked the clock and called `admit_store_accept_time`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_store_upkeep(
    store: *mut admit_store,
    limit: u32,
    upkeep: *mut *mut admit_upkeep,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(upkeep) };
        let opened = handle::store(store)?;
        out.fill_if_wanted(opened.admit.upkeep(limit)?);
        Ok(())
    })
}

/// 1 where more is due: call again at once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_upkeep_more(upkeep: *const admit_upkeep) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(upkeep, 0, |it| i32::from(it.more)) }
}

/// When something is due next; 0 where nothing is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_upkeep_next_due_at(upkeep: *const admit_upkeep) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(upkeep, 0, |it| it.next_due_at.map_or(0, Timestamp::millis)) }
}

/// How many invitations were found lapsed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_upkeep_lapsed(upkeep: *const admit_upkeep) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(upkeep, 0, |it| it.lapsed) }
}

/// How many guardians' ties were ended.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_upkeep_ended(upkeep: *const admit_upkeep) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(upkeep, 0, |it| it.ended) }
}

/// How many clients were invited that had come of age, so that their guardians' ties had ended. An
/// event invitation.due tells of those that could not be.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_upkeep_invited(upkeep: *const admit_upkeep) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(upkeep, 0, |it| it.invited) }
}

/// How many clients were erased, for the day of their deletion had come.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_upkeep_erased(upkeep: *const admit_upkeep) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(upkeep, 0, |it| it.erased) }
}

/// Since when a scrub is due, for the file may hold bytes of what was erased; 0 where none is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_upkeep_scrub_due_at(upkeep: *const admit_upkeep) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(upkeep, 0, |it| it.scrub_due.map_or(0, Timestamp::millis)) }
}

/// How many delegations had lapsed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_upkeep_delegations(upkeep: *const admit_upkeep) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(upkeep, 0, |it| it.delegations) }
}

/// How many places of open links were given back, for nobody proved the address in time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_upkeep_given_back(upkeep: *const admit_upkeep) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(upkeep, 0, |it| it.given_back) }
}

/// How many clients, seats and other rows went of practices that were ended.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_upkeep_practice_rows(upkeep: *const admit_upkeep) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(upkeep, 0, |it| it.practice_rows) }
}

/// All counts as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_upkeep_json(upkeep: *const admit_upkeep) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(upkeep) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_upkeep_free(upkeep: *mut admit_upkeep) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(upkeep) }
}

/// Accepts a time after the clock has jumped ahead: from here on jumps are measured. The store's
/// own audit trail records it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_store_accept_time(
    store: *mut admit_store,
    now: i64,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        let opened = handle::store(store)?;
        if now <= 0 {
            return Err(Reason::NotInRange).field("now");
        }
        opened.admit.accept_time(Timestamp::from_millis(now))
    })
}

/// Counts of a store. Free them with `admit_stats_free`.
pub struct admit_stats(Object<Stats>);
opaque!(admit_stats shows Stats);

/// Counts what is in a store, for a support engineer's screen. Counts of rows stop at a bound and
/// say so in the JSON.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_store_stats(
    store: *mut admit_store,
    stats: *mut *mut admit_stats,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(stats) }.required()?;
        out.fill(handle::store(store)?.admit.stats()?.into());
        Ok(())
    })
}

/// How many clients there are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_stats_clients(stats: *const admit_stats) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(stats, 0, |it| it.clients.rows) }
}

/// How many messages are due.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_stats_messages_due(stats: *const admit_stats) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(stats, 0, |it| it.messages_due.rows) }
}

/// How many events there are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_stats_events(stats: *const admit_stats) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(stats, 0, |it| it.events) }
}

/// 1 where an earlier failure has stopped all writes: reopen the store.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_stats_writes_stopped(stats: *const admit_stats) -> i32 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(stats, 0, |it| i32::from(it.writes_stopped)) }
}

/// Since when a scrub is due, for the file may hold bytes of what was erased; 0 where none is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_stats_scrub_due_at(stats: *const admit_stats) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(stats, 0, |it| it.scrub_due.map_or(0, Timestamp::millis)) }
}

/// All counts as JSON. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_stats_json(stats: *const admit_stats) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(stats) }
}

/// Frees them. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_stats_free(stats: *mut admit_stats) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(stats) }
}

/// A change, in the one order of all changes.
pub struct admit_change(Object<Changed>);
opaque!(admit_change shows Changed);

/// A page of changes. Free it with `admit_change_page_free`.
pub struct admit_change_page(List<admit_change>);

/// Lists what has changed in all practices after a place, oldest first: for the host's own
/// database. Begin with 0, go on with the place of the last change; a short page is the end.
/// `limit` is at most 500; 0 is 50.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_store_change_list(
    store: *mut admit_store,
    after: u64,
    limit: u32,
    page: *mut *mut admit_change_page,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || {
        // SAFETY: the pointers are as the header asks.
        let out = unsafe { Out::new(page) }.required()?;
        let items = handle::store(store)?.admit.change_list(after, limit)?;
        out.fill(admit_change_page(List::of(Page { items, next: None })));
        Ok(())
    })
}

/// Its place in the order of all changes, from 1 on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_change_place(change: *const admit_change) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(change, 0, |it| it.place) }
}

/// The practice, or the portal for what a login does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_change_practice_id(change: *const admit_change) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(change, "practice_id", |it| shown(it.practice)) }
}

/// What changed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_change_noun(change: *const admit_change) -> admit_noun {
    let none = admit_noun::AdmitNounNone;
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(change, none, |it| admit_noun::of(&it.object.noun)) }
}

/// Its id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_change_id(change: *const admit_change) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(change, "id", |it| shown(it.object.id)) }
}

/// The host's own key of it as it is now; NULL where it has none, and once the thing is gone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_change_external_id(change: *const admit_change) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(change, "external_id", |it| some(it.external_id.as_deref()?)) }
}

/// What happened, such as "client.created".
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_change_happening(change: *const admit_change) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(change, "happening", |it| some(it.happening.word())) }
}

/// The place of the event in the audit trail of its practice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_change_event_seq(change: *const admit_change) -> u64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(change, 0, |it| it.seq) }
}

/// When.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_change_at(change: *const admit_change) -> i64 {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { number(change, 0, |it| it.at.millis()) }
}

/// The whole change as JSON. Lives as long as the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_change_json(change: *const admit_change) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { json(change) }
}

/// How many are on the page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_change_page_len(page: *const admit_change_page) -> usize {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, 0, |page| page.0.len()) }
}

/// One of the page, which lives as long as the page; NULL past its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_change_page_at(
    page: *const admit_change_page,
    at: usize,
) -> *const admit_change {
    // SAFETY: NULL or a live page, as the header asks.
    unsafe { listed(page, ptr::null(), |page| page.0.at(at)) }
}

/// Frees a page and what is on it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_change_page_free(page: *mut admit_change_page) {
    // SAFETY: NULL or a page that was not freed before, as the header asks.
    unsafe { free(page) }
}
