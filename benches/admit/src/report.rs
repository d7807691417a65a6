//! Ratios of rates within a round, over all rounds; the reaches that are asked of them.

use crate::competitor::Fallible;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The rates of one round: by threads, then by competitor.
pub type Round = BTreeMap<usize, BTreeMap<&'static str, f64>>;

/// What one competitor should reach against another.
struct Reach {
    name: &'static str,
    against: &'static str,
    threads: usize,
    ratio: f64,
}

const REACHES: [Reach; 4] = [
    Reach { name: "admit", against: "sqlite", threads: 16, ratio: 10.0 },
    Reach { name: "admit", against: "sqlite batched", threads: 16, ratio: 0.7 },
    Reach { name: "admit slow repair", against: "sqlite batched", threads: 16, ratio: 1.0 },
    Reach { name: "admit", against: "bare redb", threads: 16, ratio: 0.8 },
];

/// One line of the report.
struct Line {
    name: &'static str,
    against: &'static str,
    threads: usize,
    /// Ordered.
    ratios: Vec<f64>,
    reach: Option<f64>,
}

impl Line {
    fn new(rounds: &[Round], threads: usize, name: &'static str, against: &'static str) -> Self {
        let ratio = |round: &Round| round[&threads][name] / round[&threads][against];
        let mut ratios: Vec<f64> = rounds.iter().map(ratio).collect();
        ratios.sort_by(f64::total_cmp);
        let asked = REACHES
            .iter()
            .find(|reach| (reach.name, reach.against, reach.threads) == (name, against, threads));
        Self { name, against, threads, ratios, reach: asked.map(|reach| reach.ratio) }
    }

    fn median(&self) -> f64 {
        median(&self.ratios)
    }

    fn min(&self) -> f64 {
        self.ratios[0]
    }

    fn max(&self) -> f64 {
        self.ratios[self.ratios.len() - 1]
    }

    fn is_ok(&self) -> Option<bool> {
        self.reach.map(|reach| self.median() >= reach)
    }
}

fn median(ordered: &[f64]) -> f64 {
    let middle = ordered.len() / 2;
    if ordered.len() % 2 == 1 {
        return ordered[middle];
    }
    (ordered[middle - 1] + ordered[middle]) / 2.0
}

/// The report on some rounds.
pub struct Report(Vec<Line>);

impl Report {
    /// Compares each of the subjects with each of the others, at every number of threads.
    pub fn new(rounds: &[Round], subjects: &[&'static str], others: &[&'static str]) -> Self {
        let threads = rounds.iter().flat_map(|round| round.keys().copied());
        let threads: BTreeSet<usize> = threads.collect();
        let mut lines = Vec::new();
        for name in subjects {
            for against in others {
                lines.extend(threads.iter().map(|at| Line::new(rounds, *at, name, against)));
            }
        }
        Self(lines)
    }

    /// Prints the table.
    pub fn print(&self) {
        println!(
            "{:18} {:15} {:>7} {:>7} {:>7} {:>7} {:>6}",
            "name", "against", "threads", "median", "min", "max", "reach"
        );
        for line in &self.0 {
            let reach = match (line.reach, line.is_ok()) {
                (Some(reach), Some(true)) => format!("{reach:6.1} ok"),
                (Some(reach), _) => format!("{reach:6.1} missed"),
                (None, _) => String::new(),
            };
            println!(
                "{:18} {:15} {:7} {:7.2} {:7.2} {:7.2} {reach}",
                line.name,
                line.against,
                line.threads,
                line.median(),
                line.min(),
                line.max(),
            );
        }
    }

    /// Writes the table as JSON.
    pub fn write(&self, path: &Path) -> Fallible<()> {
        let line = |line: &Line| {
            serde_json::json!({
                "name": line.name,
                "against": line.against,
                "threads": line.threads,
                "ratio_median": line.median(),
                "ratio_min": line.min(),
                "ratio_max": line.max(),
                "reach": line.reach,
                "ok": line.is_ok(),
            })
        };
        let lines: Vec<_> = self.0.iter().map(line).collect();
        Ok(std::fs::write(path, serde_json::to_string_pretty(&lines)?)?)
    }
}
