//! A hall of candidates behind one address checks in at once.

use std::time::Duration;

use anyhow::Result;

use super::{Figure, Ground, Outcome};
use crate::{crowd::all_within, measure::Act};

pub(super) async fn run(ground: &Ground) -> Result<Outcome> {
    let many = ground.size.candidates;
    let stage = ground.stage(many).await?;
    stage.settle().await;
    // All of them are due at once; the generator's connections come from one address.
    let check_in = stage.run("check-in", all_within(many, Act::CheckIn, Duration::from_millis(1))).await?;
    let rate = many as f64 / check_in.seconds;
    let open = stage.run("open", all_within(many, Act::Open, Duration::from_secs(1))).await?;
    let phases = vec![check_in, open];
    let figures = vec![Figure::least("check-ins", rate, "/s", 5_000.0), Figure::errors(&phases)];
    Ok(Outcome { phases, figures })
}
