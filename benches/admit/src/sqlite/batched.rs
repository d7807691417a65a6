//! One writer thread that takes all who wait into one transaction, with a savepoint for each.

use super::connect;
use super::create::Prepared;
use crate::competitor::{Competitor, Fallible, Worker};
use crate::newcomer::Newcomer;
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::JoinHandle;

const BATCH_MAX: usize = 512;

type Answer = Result<(), String>;

struct Request {
    prepared: Prepared,
    answer: SyncSender<Answer>,
}

pub struct Batched {
    requests: Option<Sender<Request>>,
    writer: Option<JoinHandle<()>>,
}

impl Batched {
    pub fn open(path: &Path) -> Fallible<Self> {
        let mut connection = connect(path)?;
        let (requests, waiting) = channel();
        let writer = std::thread::spawn(move || {
            while let Ok(first) = waiting.recv() {
                batch(&mut connection, first, &waiting);
            }
        });
        Ok(Self { requests: Some(requests), writer: Some(writer) })
    }
}

/// Nobody is answered before the commit is durable.
fn batch(connection: &mut Connection, first: Request, waiting: &Receiver<Request>) {
    let mut ran = Vec::new();
    let committed = commit(connection, first, waiting, &mut ran);
    for (answer, written) in ran {
        let verdict = written.and_then(|()| match &committed {
            Ok(()) => Ok(()),
            Err(fault) => Err(fault.to_string()),
        });
        // Whoever has stopped waiting needs no answer.
        let _ = answer.send(verdict);
    }
}

fn commit(
    connection: &mut Connection,
    first: Request,
    waiting: &Receiver<Request>,
    ran: &mut Vec<(SyncSender<Answer>, Answer)>,
) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut next = Some(first);
    while let Some(Request { prepared, answer }) = next {
        transaction.prepare_cached("SAVEPOINT one")?.execute([])?;
        let written = prepared.write(&transaction);
        if written.is_err() {
            transaction.prepare_cached("ROLLBACK TO one")?.execute([])?;
        }
        transaction.prepare_cached("RELEASE one")?.execute([])?;
        ran.push((answer, written.map_err(|fault| fault.to_string())));
        next = if ran.len() < BATCH_MAX { waiting.try_recv().ok() } else { None };
    }
    transaction.commit()
}

impl Drop for Batched {
    fn drop(&mut self) {
        drop(self.requests.take());
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

impl Competitor for Batched {
    fn name(&self) -> &'static str {
        "sqlite batched"
    }

    fn worker(&self) -> Fallible<Box<dyn Worker + '_>> {
        let requests = self.requests.clone().ok_or("the writer has ended")?;
        let (answer, answers) = sync_channel(1);
        Ok(Box::new(Asking { requests, answer, answers }))
    }
}

struct Asking {
    requests: Sender<Request>,
    answer: SyncSender<Answer>,
    answers: Receiver<Answer>,
}

impl Worker for Asking {
    fn create(&mut self, newcomer: &Newcomer) -> Fallible<()> {
        let prepared = Prepared::new(newcomer)?;
        self.requests.send(Request { prepared, answer: self.answer.clone() })?;
        Ok(self.answers.recv()??)
    }
}
