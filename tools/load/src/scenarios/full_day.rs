//! Ten times the candidates live a whole day: check in, take the lease, start, save twenty answers, hand in.

use std::time::Duration;

use anyhow::Result;

use super::{Figure, Ground, Outcome, steady::EVERY};
use crate::{
    crowd::{all_each, all_within},
    measure::Act,
};

/// As many days as the other scenarios have candidates, times this.
const TIMES: usize = 10;
/// Saves of a day.
const SAVES: u32 = 20;

pub(super) async fn run(ground: &Ground) -> Result<Outcome> {
    let many = ground.size.candidates * TIMES;
    let (stage, mut phases) = ground.started(many).await?;
    let saves = stage.run("save", all_each(many, Act::Save, EVERY, EVERY * SAVES)).await?;
    let p99 = Figure::p99(&saves, Act::Save, 250.0);
    phases.push(saves);
    let within = Duration::from_secs_f64(many as f64 / 2_000.0);
    phases.push(stage.run("hand-in", all_within(many, Act::HandIn, within)).await?);
    // What the server does afterwards for each of them belongs to their day too.
    phases.push(stage.measure_settling().await?);
    let cpu: f64 = phases.iter().map(|phase| phase.server_cpu + phase.database_cpu).sum();
    let figures = vec![
        p99,
        Figure::most("CPU of a candidate's day", cpu * 1e3 / many as f64, "ms", ground.by_database(2.0, 3.0)),
        Figure::errors(&phases),
    ];
    Ok(Outcome { phases, figures })
}
