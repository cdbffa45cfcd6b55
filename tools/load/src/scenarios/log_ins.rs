//! People sign in with passwords, all at once, while candidates save.

use std::time::Duration;

use anyhow::Result;

use super::{Figure, Ground, Outcome, steady::EVERY};
use crate::{
    crowd::{Crowd, Due, all_each},
    measure::Act,
};

/// People who sign in.
const LOG_INS: usize = 2_000;
/// How often they try, all at once: who was told to come back comes back, so that there is somebody to sign in all the time.
const ROUND: Duration = Duration::from_secs(10);
/// How long each may wait for an answer.
const ANSWERED_MS_MAX: f64 = 60_000.0;
/// The problem that tells people to come back in a moment.
const BUSY: &str = "auth.busy";

pub(super) async fn run(ground: &Ground) -> Result<Outcome> {
    let many = ground.size.candidates;
    let log_ins = LOG_INS.min(many);
    let (stage, mut phases) = ground.started(many).await?;
    let people = stage.people_with_passwords(log_ins).await?;
    let during = Duration::from_secs(ground.size.seconds.min(60));
    let alone = stage.run("saves alone", all_each(many, Act::Save, EVERY, during)).await?;
    let others = Crowd::of_people(stage.running.address(), &people)?;
    let rounds = (during.as_secs() / ROUND.as_secs()).max(1) as u32;
    let at_once = (0..rounds).flat_map(|round| {
        (0..log_ins).map(move |candidate| Due { at: ROUND * round, candidate, act: Act::LogIn })
    });
    let together = stage
        .run_beside("saves beside log-ins", all_each(many, Act::Save, EVERY, during), &others, at_once)
        .await?;

    let p99 = |phase: &crate::stage::Phase| phase.act(Act::Save).map_or(f64::INFINITY, |act| act.p99_ms);
    let log_in = together.act(Act::LogIn);
    let answered = log_in.map_or(0, |act| act.done + act.errors.get(BUSY).copied().unwrap_or(0));
    let done = log_in.map_or(0, |act| act.done);
    let slowest = log_in.map_or(f64::INFINITY, |act| act.max_ms.max(act.max_failed_ms));
    let failed = together.act(Act::Save).map_or(0, crate::measure::ActSummary::failed);
    let figures = vec![
        Figure::most("saves' p99 beside log-ins against alone", p99(&together) / p99(&alone), "×", 2.0),
        Figure::least(
            "log-ins answered with 200, or 503 and when to come back",
            answered as f64,
            "",
            log_ins as f64 * f64::from(rounds),
        ),
        Figure::least("of those with 200", done as f64, "", 1.0),
        Figure::most("slowest log-in", slowest, "ms", ANSWERED_MS_MAX),
        Figure::most("failed saves", failed as f64, "", 0.0),
    ];
    phases.extend([alone, together]);
    Ok(Outcome { phases, figures })
}
