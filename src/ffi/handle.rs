//! Stores and actors are tokens in a pointer's clothes, never dereferenced: a closed, doubled,
//! foreign or wrongly typed handle is found out every time, without touching freed memory.

use super::actor::admit_actor;
use super::store::{OpenStore, admit_store};
use crate::domain::actor::Actor;
use crate::error::{Error, Result};
use std::ptr;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// What a token stands for.
#[derive(Clone)]
enum Held {
    Store(Arc<OpenStore>),
    Actor { store: usize, actor: Arc<Actor> },
}

impl Held {
    const fn kind(&self) -> usize {
        match self {
            Self::Store(_) => STORE,
            Self::Actor { .. } => ACTOR,
        }
    }
}

struct Slot {
    generation: usize,
    held: Option<Held>,
}

/// The one global of the library.
static TABLE: RwLock<Vec<Slot>> = RwLock::new(Vec::new());

// A token is generation << 24 | index << 4 | kind; kinds are odd, so no token looks like an
// aligned pointer, and none is 0.
const KIND_BITS: u32 = 4;
const INDEX_BITS: u32 = 20;
const STORE: usize = 0b0101;
const ACTOR: usize = 0b1001;
const GENERATION_MAX: usize = usize::MAX >> (KIND_BITS + INDEX_BITS);

const NOT_A_STORE: Error = Error::Misuse("the store is NULL, closed or no store");
const NOT_AN_ACTOR: Error = Error::Misuse("the actor is NULL, freed or no actor");

fn reading() -> RwLockReadGuard<'static, Vec<Slot>> {
    TABLE.read().unwrap_or_else(PoisonError::into_inner)
}

fn writing() -> RwLockWriteGuard<'static, Vec<Slot>> {
    TABLE.write().unwrap_or_else(PoisonError::into_inner)
}

const fn place(token: usize) -> (usize, usize, usize) {
    let kind = token & ((1 << KIND_BITS) - 1);
    let index = (token >> KIND_BITS) & ((1 << INDEX_BITS) - 1);
    (kind, index, token >> (KIND_BITS + INDEX_BITS))
}

fn insert(held: Held) -> Result<usize> {
    let mut slots = writing();
    let kind = held.kind();
    let is_free = |slot: &Slot| slot.held.is_none() && slot.generation < GENERATION_MAX;
    let index = match slots.iter().position(is_free) {
        Some(index) => index,
        None if slots.len() >> INDEX_BITS == 0 => {
            slots.push(Slot { generation: 0, held: None });
            slots.len() - 1
        }
        None => return Err(Error::Misuse("too many handles are open; free actors after use")),
    };
    let slot = &mut slots[index];
    slot.generation += 1;
    slot.held = Some(held);
    Ok((slot.generation << (KIND_BITS + INDEX_BITS)) | (index << KIND_BITS) | kind)
}

fn find(token: usize) -> Option<Held> {
    let (kind, index, generation) = place(token);
    let slots = reading();
    let slot = slots.get(index).filter(|slot| slot.generation == generation)?;
    slot.held.clone().filter(|held| held.kind() == kind)
}

fn remove(token: usize) -> Option<Held> {
    let (kind, index, generation) = place(token);
    let mut slots = writing();
    let slot = slots.get_mut(index).filter(|slot| slot.generation == generation)?;
    slot.held.take_if(|held| held.kind() == kind)
}

/// Gives an open store a token.
pub(super) fn insert_store(store: OpenStore) -> Result<*mut admit_store> {
    let token = insert(Held::Store(Arc::new(store)))?;
    Ok(ptr::without_provenance_mut(token))
}

/// Finds an open store. From inside a callback of the same store, and after a fork, it is misuse.
pub(super) fn store(token: *const admit_store) -> Result<Arc<OpenStore>> {
    match find(token.addr()) {
        Some(Held::Store(store)) => store.require_callable().map(|()| store),
        _ => Err(NOT_A_STORE),
    }
}

/// Takes a store's token away, and those of its actors.
pub(super) fn remove_store(token: *const admit_store) -> Result<Arc<OpenStore>> {
    let Some(Held::Store(found)) = find(token.addr()) else { return Err(NOT_A_STORE) };
    found.require_closable()?;
    let Some(Held::Store(store)) = remove(token.addr()) else { return Err(NOT_A_STORE) };
    for slot in writing().iter_mut() {
        slot.held
            .take_if(|held| matches!(held, Held::Actor { store, .. } if *store == token.addr()));
    }
    Ok(store)
}

/// Gives an actor of an open store a token.
pub(super) fn insert_actor(store: *const admit_store, actor: Actor) -> Result<*mut admit_actor> {
    let actor = Arc::new(actor);
    let token = insert(Held::Actor { store: store.addr(), actor })?;
    Ok(ptr::without_provenance_mut(token))
}

/// Finds an actor and its store. An actor never keeps a store open.
pub(super) fn actor(token: *const admit_actor) -> Result<(Arc<OpenStore>, Arc<Actor>)> {
    match find(token.addr()) {
        Some(Held::Actor { store: owner, actor }) => {
            store(ptr::without_provenance(owner)).map(|store| (store, actor))
        }
        _ => Err(NOT_AN_ACTOR),
    }
}

/// The store that an actor belongs to.
pub(super) fn store_of(token: *const admit_actor) -> Result<*const admit_store> {
    match find(token.addr()) {
        Some(Held::Actor { store, .. }) => Ok(ptr::without_provenance(store)),
        _ => Err(NOT_AN_ACTOR),
    }
}

/// Takes an actor's token away.
pub(super) fn remove_actor(token: *const admit_actor) -> Result<()> {
    // A store's token is no actor's, and must stay where it is.
    store_of(token)?;
    remove(token.addr()).map(drop).ok_or(NOT_AN_ACTOR)
}
