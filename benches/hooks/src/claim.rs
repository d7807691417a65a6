//! Messages a second through `claim`, worded by the default script.

use crate::median;
use admit::commands::client::CreateClient;
use admit::commands::outbox::Claim;
use admit::commands::post::{PostNotice, Told};
use admit::commands::practice::CreatePractice;
use admit::commands::{Admit, Options};
use admit::domain::actor::{Actor, Who};
use admit::domain::client::{Profile, Stage};
use admit::domain::message::OwnKind;
use admit::domain::script::{Script, ScriptName};
use admit::domain::text::{Email, Line, PersonName};
use admit::error::Result;
use std::time::Instant;

const MESSAGES: usize = 2_000;
const ROUNDS: usize = 5;

/// Prints the rates of workers; the store is in memory, so no disk is measured.
pub fn print() -> Result<()> {
    println!("{:<44} {:>12} {:>12}", "through claim, 100 a lease", "messages/s", "us/message");
    for (title, workers, is_scripted) in [
        ("the library's own words", 1, false),
        ("the default script, 1 worker", 1, true),
        ("the default script, 2 workers", 2, true),
    ] {
        let rates = (0..ROUNDS).map(|_| rate(workers, is_scripted)).collect::<Result<_>>()?;
        let rate = median(rates);
        println!("{title:<44} {rate:>12.0} {:>12.1}", 1e6 / rate);
    }
    Ok(())
}

fn rate(workers: usize, is_scripted: bool) -> Result<f64> {
    let admit = Admit::in_memory(Options { script_workers: workers, ..Options::default() })?;
    let store_host = Actor::store_host();
    if is_scripted {
        let name = ScriptName::parse("default.lua").expect("a name");
        let source = include_str!("../../../scripts/default.lua").to_owned();
        admit.install_scripts(&store_host, vec![Script { name, source }], None)?;
    }
    let create = CreatePractice {
        name: Line::parse("Cedar Clinic").expect("a name"),
        external_id: None,
        portal: None,
        settings: Default::default(),
    };
    let host = Actor::in_practice(admit.run(&store_host, create, None)?, Who::Host);
    let profile = Profile {
        names: vec![PersonName::of_text(Line::parse("Ana Lima").expect("a name"))],
        email: Some(Email::parse("ana@example.org").expect("an address")),
        ..Profile::default()
    };
    let client = admit.run(&host, CreateClient { profile, stage: Stage::Registered }, None)?;
    let kind = OwnKind::parse("x_news").expect("a kind");
    for _ in 0..MESSAGES {
        let post = PostNotice { kind, told: Told::Client(client), facts: Vec::new() };
        admit.run(&host, post, None)?;
    }
    let begun = Instant::now();
    let mut claimed = 0;
    while claimed < MESSAGES {
        claimed += admit.claim(Claim::default())?.len();
    }
    Ok(claimed as f64 / begun.elapsed().as_secs_f64())
}
