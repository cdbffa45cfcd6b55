//! What a connected candidate costs: one HTTP connection and one socket each, and nothing happening.

use std::time::Duration;

use anyhow::Result;

use super::{Figure, Ground, Outcome};
use crate::{
    crowd::{Due, all_within},
    measure::Act,
};

/// How many come a second. All at once they would wait for each other, and what the server takes for requests that wait would be
/// counted as what it takes for connections.
const COME_A_SECOND: f64 = 2_000.0;
/// Shares of the connections at which memory is read: of 15,000 these are 1,000 and 5,000.
const SHARES: [f64; 3] = [1.0 / 15.0, 1.0 / 3.0, 1.0];

pub(super) async fn run(ground: &Ground) -> Result<Outcome> {
    // A candidate has two.
    let many = (ground.size.connections / 2).min(ground.size.candidates);
    let (stage, mut phases) = ground.started(many).await?;
    // This process has had all these connections already, and keeps memory that it needed for them: another one begins.
    let stage = stage.anew()?;
    let mut points = Vec::new();
    let mut from = 0;
    stage.settle().await;
    points.push((0.0, stage.running.used().server.resident_bytes as f64));
    for share in SHARES {
        let to = ((many as f64) * share).round() as usize;
        let step = |act| {
            let at = move |candidate| Duration::from_secs_f64((candidate - from) as f64 / COME_A_SECOND);
            (from..to).map(move |candidate| Due { at: at(candidate), candidate, act })
        };
        phases.push(stage.run("look", step(Act::Look)).await?);
        phases.push(stage.run("connect", step(Act::Connect)).await?);
        stage.settle().await;
        points.push((to as f64, stage.running.used().server.resident_bytes as f64));
        from = to;
    }
    let kib = slope(&points[1..]) / 1024.0;
    // They are all still there, and still served.
    let within = Duration::from_secs_f64((many as f64 / COME_A_SECOND).max(1.0));
    phases.push(stage.run("save", all_within(many, Act::Save, within)).await?);
    let figures =
        vec![Figure::most("memory of a connected candidate", kib, "KiB", 30.0), Figure::errors(&phases)];
    Ok(Outcome { phases, figures })
}

/// The slope of the least squares line through `points`.
fn slope(points: &[(f64, f64)]) -> f64 {
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let above: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    let below: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    above / below
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slope_is_that_of_the_line() {
        let line: Vec<(f64, f64)> = [500.0, 2_500.0, 7_500.0].map(|x| (x, 9e6 + 25_000.0 * x)).to_vec();
        assert!((slope(&line) - 25_000.0).abs() < 1e-6);
    }
}
