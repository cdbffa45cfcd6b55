//! Everybody writes, and what they write is saved every ten seconds.

use std::time::Duration;

use anyhow::Result;

use super::{Figure, Ground, Outcome};
use crate::{crowd::all_each, measure::Act, stage::Phase};

/// How often a candidate saves.
pub(super) const EVERY: Duration = Duration::from_secs(10);

pub(super) async fn run(ground: &Ground) -> Result<Outcome> {
    let many = ground.size.candidates;
    let (stage, mut phases) = ground.started(many).await?;
    let during = Duration::from_secs(ground.size.seconds);
    let steady = stage.run("steady", all_each(many, Act::Save, EVERY, during)).await?;
    let figures = vec![
        Figure::p99(&steady, Act::Save, 30.0),
        Figure::most("share of a core", core_percent(&steady), "%", ground.by_database(30.0, 45.0)),
    ];
    phases.push(steady);
    let errors = Figure::errors(&phases);
    Ok(Outcome { phases, figures: figures.into_iter().chain([errors]).collect() })
}

/// CPU of server and database, in percent of one core.
pub(super) fn core_percent(phase: &Phase) -> f64 {
    (phase.server_cpu + phase.database_cpu) / phase.seconds * 100.0
}
