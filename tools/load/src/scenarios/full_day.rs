//! Ten times the candidates live a whole day: check in, take the lease, fetch the paper, start, save twenty answers, hear of more
//! time, hand in, look at the result. Then echoes as often as they saved, for comparison.

use std::time::Duration;

use anyhow::Result;
use futures::future::try_join;

use super::{Figure, Ground, Outcome, steady::EVERY};
use crate::{
    crowd::{all_each, all_within},
    institution::SITTING_MAX,
    measure::{Act, ActSummary},
    stage::{Echo, Stage},
};

/// As many days as the other scenarios have candidates, times this.
const TIMES: usize = 10;
/// Saves of a day.
const SAVES: u32 = 20;
/// Echoes of a candidate, as often as saves.
const ECHOES: u32 = 3;
/// How many do something in a second that isn't a save.
const A_SECOND: f64 = 2_000.0;
/// How long a change may take to the device.
const HINT_MS_MAX: f64 = 2_000.0;

pub(super) async fn run(ground: &Ground) -> Result<Outcome> {
    let many = ground.size.candidates * TIMES;
    // A third of the connections are sockets, one for each twentieth candidate of the usual number, all of the sitting that is given
    // more time.
    let sockets = (ground.size.connections / 3).min(many).min(SITTING_MAX);
    let (stage, mut phases) = ground.started_over(many, ground.size.connections - sockets).await?;
    let each_once = |act, many| all_within(many, act, Duration::from_secs_f64(many as f64 / A_SECOND));
    phases.push(stage.run("connect", each_once(Act::Connect, sockets)).await?);

    let saving = stage.run("save", all_each(many, Act::Save, EVERY, EVERY * SAVES));
    let (saves, ()) = try_join(saving, give_time(&stage, EVERY * SAVES / 2)).await?;
    stage.crowd.expect_no_hints();
    let hints = saves.act(Act::Hint);
    let mut figures = vec![
        Figure::p99(&saves, Act::Save, 250.0),
        Figure::most("hint, p99", hints.map_or(f64::INFINITY, |act| act.p99_ms), "ms", HINT_MS_MAX),
        Figure::least("hints", hints.map_or(0, |act| act.done) as f64, "", sockets as f64),
    ];
    let seen = saves.act(Act::Seen).map_or(0, |act: &ActSummary| act.done);
    figures.push(Figure::least("of them seen", seen as f64, "", sockets as f64));
    phases.push(saves);

    phases.push(stage.run("hand-in", each_once(Act::HandIn, many)).await?);
    // What the server does afterwards for each of them belongs to their day too.
    phases.push(stage.measure_settling().await?);
    phases.push(stage.measure("release", release(&stage)).await?);
    phases.push(stage.run("review", each_once(Act::Review, many)).await?);

    let cpu: f64 = phases.iter().map(|phase| phase.server_cpu + phase.database_cpu).sum();
    let day = cpu * 1e6 / many as f64;
    let echo = Echo::start(&ground.echo)?;
    let crowd = stage.crowd.at(echo.address())?;
    let echoes = echo.run(&crowd, "echoes", all_each(many, Act::Echo, EVERY, EVERY * ECHOES)).await?;
    figures.extend([
        Figure::most("CPU of a candidate's day", day / 1e3, "ms", ground.by_database(2.0, 3.0)),
        Figure::told("CPU of a candidate's day, in echoes", day / echoes.micros_each(), ""),
    ]);
    phases.push(echoes);
    figures.push(Figure::errors(&phases));
    Ok(Outcome { phases, figures })
}

/// An officer gives more time, once `after` has passed.
async fn give_time(stage: &Stage, after: Duration) -> Result<()> {
    let mut office = stage.institution.office(stage.running.address()).await?;
    tokio::time::sleep(after).await;
    stage.crowd.expect_hints();
    stage.institution.give_time(&mut office).await
}

/// An officer releases the results.
async fn release(stage: &Stage) -> Result<()> {
    let mut office = stage.institution.office(stage.running.address()).await?;
    stage.institution.release(&mut office).await
}
