//! Ties, found from either end.

use super::codec::{self, Row};
use super::{due, index};
use crate::domain::id::{ClientId, LoginId, ProxyId};
use crate::domain::proxy::Proxy;
use crate::domain::time::Timestamp;
use crate::store::{Keyspace, Order, Read, Result, Write};

impl Row for Proxy {
    const SPACE: Keyspace = Keyspace("proxy");
}

const BY_CLIENT: Keyspace = Keyspace("proxy_by_client");
const BY_LOGIN: Keyspace = Keyspace("proxy_by_login");

/// Finds a proxy.
///
/// # Errors
/// What reading the store gives.
pub fn find(read: &mut dyn Read, id: ProxyId) -> Result<Option<Proxy>> {
    codec::load(read, id.bytes())
}

fn ends_at(proxy: &Proxy) -> Option<Timestamp> {
    proxy.ends_at.filter(|_| proxy.ended_at.is_none())
}

/// Writes a proxy, and when it ends by itself.
///
/// # Errors
/// What writing the store gives.
pub fn put(write: &mut dyn Write, proxy: &Proxy) -> Result<()> {
    index::mark(write, BY_CLIENT, &[proxy.client.bytes(), proxy.id.bytes()])?;
    index::mark(write, BY_LOGIN, &[proxy.login.bytes(), proxy.id.bytes()])?;
    let old = find(write, proxy.id)?;
    let (before, after) = (old.as_ref().and_then(ends_at), ends_at(proxy));
    due::shift(write, due::Kind::ProxyEnd, proxy.id.bytes(), before, after)?;
    codec::save(write, proxy.id.bytes(), proxy)
}

/// Takes a proxy away, with all that leads to it.
///
/// # Errors
/// What writing the store gives.
pub fn remove(write: &mut dyn Write, old: &Proxy) -> Result<()> {
    write.delete(BY_CLIENT, &index::key(&[old.client.bytes(), old.id.bytes()]))?;
    write.delete(BY_LOGIN, &index::key(&[old.login.bytes(), old.id.bytes()]))?;
    due::shift(write, due::Kind::ProxyEnd, old.id.bytes(), ends_at(old), None)?;
    write.delete(Proxy::SPACE, old.id.bytes())
}

fn all(read: &mut dyn Read, space: Keyspace, prefix: &[u8; 16]) -> Result<Vec<Proxy>> {
    let found = index::ids(read, space, prefix, Order::Up, usize::MAX)?;
    found.into_iter().filter_map(|id| find(read, ProxyId::from_uuid(id)).transpose()).collect()
}

/// The proxies of a client, ended ones too, oldest first.
///
/// # Errors
/// What reading the store gives.
pub fn of_client(read: &mut dyn Read, client: ClientId) -> Result<Vec<Proxy>> {
    all(read, BY_CLIENT, client.bytes())
}

/// The proxies of a login, ended ones too, oldest first.
///
/// # Errors
/// What reading the store gives.
pub fn of_login(read: &mut dyn Read, login: LoginId) -> Result<Vec<Proxy>> {
    all(read, BY_LOGIN, login.bytes())
}
