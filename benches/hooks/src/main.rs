//! What scripts cost: hostile ones against their limits, a friendly one against the bare machine.
//!
//! `cargo run --release -p admit-bench-hooks`, from the workspace's folder; `speed` after it leaves
//! the hostile ones out.

mod bare;
mod claim;
mod engine;
mod hostile;

fn main() {
    let mut arguments = std::env::args().skip(1);
    match (arguments.next().as_deref(), arguments.next()) {
        (Some("trial"), Some(name)) => hostile::trial(&name),
        (only, _) => {
            if only != Some("speed") {
                hostile::print();
            }
            bare::print();
            engine::print();
            claim::print().expect("a store in memory works");
        }
    }
}

/// The median of what some windows give.
fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}
