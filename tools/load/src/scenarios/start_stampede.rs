//! Everybody presses start in the same second.

use std::time::Duration;

use anyhow::Result;

use super::{Figure, Ground, Outcome};
use crate::{crowd::all_within, measure::Act};

pub(super) async fn run(ground: &Ground) -> Result<Outcome> {
    let many = ground.size.candidates;
    let stage = ground.stage(many).await?;
    let mut phases = stage.admit().await?;
    stage.settle().await;
    let start = stage.run("start", all_within(many, Act::Start, Duration::from_secs(1))).await?;
    let p99 = Figure::p99(&start, Act::Start, 150.0);
    phases.push(start);
    let figures = vec![p99, Figure::errors(&phases)];
    Ok(Outcome { phases, figures })
}
