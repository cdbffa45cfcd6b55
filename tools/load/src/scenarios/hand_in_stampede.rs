//! Everybody presses hand in in the same second.

use std::time::Duration;

use anyhow::Result;

use super::{Figure, Ground, Outcome};
use crate::{crowd::all_within, measure::Act};

pub(super) async fn run(ground: &Ground) -> Result<Outcome> {
    let many = ground.size.candidates;
    let (stage, mut phases) = ground.started(many).await?;
    let save = all_within(many, Act::Save, Duration::from_secs_f64((many as f64 / 2_000.0).max(1.0)));
    phases.push(stage.run("save", save).await?);
    stage.settle().await;
    let hand_in = stage.run("hand-in", all_within(many, Act::HandIn, Duration::from_secs(1))).await?;
    let p99 = Figure::p99(&hand_in, Act::HandIn, 200.0);
    phases.push(hand_in);
    let figures = vec![p99, Figure::errors(&phases)];
    Ok(Outcome { phases, figures })
}
