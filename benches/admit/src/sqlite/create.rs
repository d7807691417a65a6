//! One create-and-invite, written inside of whichever transaction is open.

use crate::competitor::Fallible;
use crate::newcomer::Newcomer;
use admit::domain::text::search;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::time::{SystemTime, UNIX_EPOCH};
use uuid::Uuid;

const PRACTICE: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);
const OPEN_FOR: i64 = 7 * 24 * 60 * 60 * 1000;

/// What can be made before the transaction begins.
pub struct Prepared {
    client: Uuid,
    invitation: Uuid,
    message: Uuid,
    now: i64,
    given: &'static str,
    family: &'static str,
    name: String,
    sort_key: Vec<u8>,
    birth: String,
    email: String,
    external_id: String,
    words: Vec<String>,
}

impl Prepared {
    pub fn new(newcomer: &Newcomer) -> Fallible<Self> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis();
        let name = newcomer.name();
        Ok(Self {
            client: Uuid::now_v7(),
            invitation: Uuid::now_v7(),
            message: Uuid::now_v7(),
            now: i64::try_from(now)?,
            given: newcomer.given,
            family: newcomer.family,
            sort_key: search::sort_key(&name),
            name,
            birth: newcomer.birth.clone(),
            email: newcomer.email.clone(),
            external_id: newcomer.external_id.clone(),
            words: newcomer.words().into_iter().collect(),
        })
    }

    /// Writes all rows.
    pub fn write(&self, connection: &Connection) -> rusqlite::Result<()> {
        self.write_client(connection)?;
        self.write_message(connection)?;
        self.write_invitation(connection)?;
        self.write_person(connection)?;
        self.append(connection, "client.created", self.client, "{}")?;
        let details =
            format!(r#"{{"channel":"email","generation":"1","address":"{}"}}"#, self.email);
        self.append(connection, "invitation.sent", self.invitation, &details)
    }

    fn write_client(&self, connection: &Connection) -> rusqlite::Result<()> {
        connection
            .prepare_cached(
                "INSERT INTO client VALUES (?, ?, ?, ?, ?, ?, ?, 0, 2, 0, 'host', ?, ?, 1)",
            )?
            .execute(params![
                self.client,
                PRACTICE,
                self.external_id,
                self.given,
                self.family,
                self.birth,
                self.email,
                self.now,
                self.now,
            ])?;
        let mut word = connection.prepare_cached("INSERT INTO client_word VALUES (?, ?, ?)")?;
        for found in &self.words {
            word.execute(params![PRACTICE, found, self.client])?;
        }
        Ok(())
    }

    fn write_invitation(&self, connection: &Connection) -> rusqlite::Result<()> {
        connection
            .prepare_cached(
                "INSERT INTO invitation \
                 VALUES (?, ?, ?, 0, ?, ?, 0, 'host', 1, 1, 0, ?, ?, ?, ?)",
            )?
            .execute(params![
                self.invitation,
                PRACTICE,
                self.client,
                self.name,
                self.email,
                self.message,
                self.now,
                self.now,
                self.now + OPEN_FOR,
            ])?;
        Ok(())
    }

    fn write_message(&self, connection: &Connection) -> rusqlite::Result<()> {
        let timeline = format!(r#"[{{"at":{},"attempt":0,"state":"queued"}}]"#, self.now);
        connection
            .prepare_cached(
                "INSERT INTO message VALUES (?, ?, 0, 0, ?, ?, ?, ?, 1, 0, ?, 0, ?, ?)",
            )?
            .execute(params![
                self.message,
                PRACTICE,
                self.name,
                self.email,
                self.client,
                self.invitation,
                self.now,
                timeline,
                self.now,
            ])?;
        Ok(())
    }

    fn write_person(&self, connection: &Connection) -> rusqlite::Result<()> {
        connection
            .prepare_cached(
                "INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, 2, 0, ?, 0, ?, ?, NULL, ?)",
            )?
            .execute(params![
                PRACTICE,
                self.client,
                self.external_id,
                self.name,
                self.sort_key,
                self.email,
                self.invitation,
                self.now + OPEN_FOR,
                self.message,
                self.now,
            ])?;
        Ok(())
    }

    /// Adds an event to the chain: its hash covers its fields and the hash before it.
    fn append(
        &self,
        connection: &Connection,
        happening: &str,
        object: Uuid,
        details: &str,
    ) -> rusqlite::Result<()> {
        let last: Option<(i64, [u8; 32])> = connection
            .prepare_cached(
                "SELECT seq, hash FROM event WHERE practice = ? ORDER BY seq DESC LIMIT 1",
            )?
            .query_row([PRACTICE], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (seq, before) = last.unwrap_or_default();
        let seq = seq + 1;
        let mut hash = Sha256::new();
        let numbers = [seq.to_be_bytes(), self.now.to_be_bytes()];
        for part in [
            PRACTICE.as_bytes().as_slice(),
            numbers.as_flattened(),
            b"host",
            happening.as_bytes(),
            object.as_bytes(),
            self.client.as_bytes(),
            details.as_bytes(),
            &before,
        ] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let hash: [u8; 32] = hash.finalize().into();
        connection
            .prepare_cached("INSERT INTO event VALUES (NULL, ?, ?, ?, 'host', ?, ?, ?, ?, ?, ?)")?
            .execute(params![
                PRACTICE,
                seq,
                self.now,
                happening,
                object,
                self.client,
                details,
                before,
                hash,
            ])?;
        Ok(())
    }
}
