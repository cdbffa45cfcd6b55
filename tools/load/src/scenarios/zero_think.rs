//! Saves as fast as they come, against an endpoint that does nothing behind the same doors.

use std::time::Duration;

use anyhow::Result;

use super::{Figure, Ground, Outcome};
use crate::{
    bare,
    crowd::{Crowd, all_each},
    measure::Act,
    stage::Echo,
};

/// Saves offered in a second.
const OFFERED: f64 = 5_000.0;
/// How long the bare loop runs.
const BARE: Duration = Duration::from_secs(5);
/// Connections that save without a pause.
const AT_ONCE: usize = 512;

pub(super) async fn run(ground: &Ground) -> Result<Outcome> {
    let many = ground.size.candidates;
    let (stage, mut phases) = ground.started(many).await?;
    let during = Duration::from_secs(ground.size.seconds.min(20));
    let every = Duration::from_secs_f64(many as f64 / OFFERED);
    let offered = stage.run("5,000 saves a second", all_each(many, Act::Save, every, during)).await?;
    let saturated = stage.saturate("saves, saturated", Act::Save, AT_ONCE, during).await?;

    // The same requests, bodies and tickets, and answers as long as those to saves.
    let echo = Echo::start(&ground.echo)?;
    let crowd: Crowd = stage.crowd.at(echo.address())?;
    let echo_offered =
        echo.run(&crowd, "5,000 echoes a second", all_each(many, Act::Echo, every, during)).await?;
    let echo_saturated = echo.saturate(&crowd, "echoes, saturated", AT_ONCE, during).await?;

    // And the least that a database takes for a durable row.
    let bare = bare::micros_each(ground.database, &ground.on, during.min(BARE)).await?;
    eprintln!("  a bare loop of batched inserts: {bare:.1} µs of CPU each");

    let bound = ground.by_database(3.0, 4.0);
    let figures = vec![
        Figure::most(
            "CPU of a save against an echo, 5,000/s",
            offered.micros_each() / echo_offered.micros_each(),
            "×",
            bound,
        ),
        Figure::most(
            "CPU of a save against an echo, saturated",
            saturated.micros_each() / echo_saturated.micros_each(),
            "×",
            bound,
        ),
        Figure::told(
            "CPU of a save against a bare durable insert, 5,000/s",
            offered.micros_each() / bare,
            "×",
        ),
        Figure::told(
            "CPU of a save against a bare durable insert, saturated",
            saturated.micros_each() / bare,
            "×",
        ),
    ];
    phases.extend([offered, saturated, echo_offered, echo_saturated]);
    let errors = Figure::errors(&phases);
    Ok(Outcome { phases, figures: figures.into_iter().chain([errors]).collect() })
}
