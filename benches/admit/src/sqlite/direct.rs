//! A connection for each thread, and a transaction for each create.

use super::connect;
use super::create::Prepared;
use crate::competitor::{Competitor, Fallible, Worker};
use crate::newcomer::Newcomer;
use rusqlite::{Connection, TransactionBehavior};
use std::path::PathBuf;

pub struct Direct {
    path: PathBuf,
}

impl Direct {
    pub fn open(path: PathBuf) -> Fallible<Self> {
        connect(&path)?;
        Ok(Self { path })
    }
}

impl Competitor for Direct {
    fn name(&self) -> &'static str {
        "sqlite"
    }

    fn worker(&self) -> Fallible<Box<dyn Worker + '_>> {
        Ok(Box::new(Connected(connect(&self.path)?)))
    }
}

struct Connected(Connection);

impl Worker for Connected {
    fn create(&mut self, newcomer: &Newcomer) -> Fallible<()> {
        let prepared = Prepared::new(newcomer)?;
        let transaction = self.0.transaction_with_behavior(TransactionBehavior::Immediate)?;
        prepared.write(&transaction)?;
        Ok(transaction.commit()?)
    }
}
