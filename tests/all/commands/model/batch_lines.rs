//! What the batches of a practice show, row by row, on both sides.

use super::batch::{Batch, Mailed, Row};
use super::real::Real;
use super::world::World;
use admit::commands::batch::RowFilter;
use admit::domain::batch::{Applied, BatchRow, Planned, Undone};

impl World {
    pub fn batch_lines(&self, practice: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let shown = |it: &&Batch| it.practice == practice && !it.is_forgotten;
        for (at, batch) in self.batches.iter().enumerate().filter(|it| shown(&it.1)) {
            let (state, counts, retry_at) = (batch.shown(self.now), batch.counts(), batch.retry_at);
            lines.push(format!("batch {at}: {state:?}, {counts:?}, {retry_at:?}"));
            for (place, row) in batch.rows.iter().enumerate() {
                let left = (row.is_open(), row.mailed().is_some());
                lines.push(format!("batch {at} row {place}: {}, {left:?}", row_line(row)));
            }
        }
        lines
    }
}

fn row_line(row: &Row) -> String {
    let planned = match row.planned {
        Ok(true) => "renew".to_owned(),
        Ok(false) => "invite".to_owned(),
        Err(why) => format!("skip {why:?}"),
    };
    let sent = |it: Mailed| (it.invitation, it.generation, it.is_renewed());
    let applied = row.applied.map(|it| it.map(sent));
    let (client, shares, waits, undone) = (row.client, row.shares_address, row.waits, row.undone);
    format!("{client:?} {planned}, {shares}, {waits:?}, {applied:?}, {undone:?}")
}

impl Real {
    pub fn batch_lines(&self, world: &World, practice: usize) -> Vec<String> {
        let page = self.admit.batches(&self.hosts[practice], None, 500).unwrap();
        let mut lines = Vec::new();
        for batch in page.items {
            let at = self.batches.iter().position(|it| *it == batch.id);
            let at = at.expect("the library alone has a batch");
            let retry_at = batch.retry_at.map(|it| it.millis());
            lines.push(format!("batch {at}: {:?}, {:?}, {retry_at:?}", batch.state, batch.counts));
            let open = self.batch_rows(world, batch.id, RowFilter::Open);
            let mailed = self.batch_rows(world, batch.id, RowFilter::Mailed);
            for row in self.batch_rows(world, batch.id, RowFilter::All) {
                let left = (open.contains(&row), mailed.contains(&row));
                let line = self.batch_row(&row);
                lines.push(format!("batch {at} row {}: {line}, {left:?}", row.place));
            }
        }
        lines
    }

    fn batch_row(&self, row: &BatchRow) -> String {
        let client = row.client.map(|id| self.clients.iter().position(|it| *it == id).unwrap());
        let planned = match &row.planned {
            Planned::Renew => "renew".to_owned(),
            Planned::Invite => "invite".to_owned(),
            Planned::Skip(skip) => format!("skip {:?}", skip.refusal().unwrap()),
        };
        let waits = row.waits.as_ref().map(|skip| skip.refusal().unwrap());
        let applied = row.applied.as_ref().map(|applied| match applied {
            Applied::Sent(it) => {
                let at = self.invitations.iter().position(|id| *id == it.invitation).unwrap();
                Ok((at, it.generation, it.is_renewed))
            }
            Applied::Skipped(skip) => Err(skip.refusal().unwrap()),
        });
        let undone = row.undone.map(|undone| match undone {
            Undone::Revoked => Ok(()),
            Undone::Kept(refusal) => Err(refusal),
        });
        let shares = row.shares_address;
        format!("{client:?} {planned}, {shares}, {waits:?}, {applied:?}, {undone:?}")
    }
}
