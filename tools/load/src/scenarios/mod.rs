//! The scenarios: what is done, and which figures come out of it.

mod connections;
mod full_day;
mod hand_in_stampede;
mod log_ins;
mod one_address;
mod start_stampede;
mod steady;
mod zero_think;

use std::path::PathBuf;

use anyhow::Result;
use serde::Serialize;

use crate::{
    measure::Act,
    server::{Database, Running},
    stage::{Phase, Stage},
};

/// What an exam day can do to a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Scenario {
    /// All candidates start within one second.
    StartStampede,
    /// All candidates save every ten seconds.
    Steady,
    /// All candidates hand in within one second.
    HandInStampede,
    /// Ten times the candidates live a whole day, from check-in to the result.
    FullDay,
    /// Candidates save without a pause: what the server can do at most, against an endpoint that does nothing.
    ZeroThink,
    /// A hall behind one address checks in at once.
    OneAddress,
    /// People sign in with passwords while candidates save.
    LogIns,
    /// What a connected candidate costs in memory.
    Connections,
}

/// How large a scenario is. The table of the documents stands on the default.
#[derive(Clone, Debug)]
pub struct Size {
    /// Candidates.
    pub candidates: usize,
    /// Seconds of a steady phase.
    pub seconds: u64,
    /// Connections that a scenario may hold open.
    pub connections: usize,
}

/// Where a scenario finds what it runs.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The server's binary.
    pub binary: PathBuf,
    /// The baseline's binary.
    pub echo: PathBuf,
    /// Where data goes.
    pub on: PathBuf,
    /// Which database.
    pub database: Database,
    /// How large.
    pub size: Size,
}

impl Ground {
    /// A server with `candidates` candidates in front of it.
    async fn stage(&self, candidates: usize) -> Result<Stage> {
        self.stage_over(candidates, self.size.connections).await
    }

    /// The same over at most `connections` connections.
    async fn stage_over(&self, candidates: usize, connections: usize) -> Result<Stage> {
        let running = Running::start(&self.binary, self.database, &self.on)?;
        Stage::set(running, candidates, connections).await
    }

    /// A server whose candidates have checked in and started.
    async fn started(&self, candidates: usize) -> Result<(Stage, Vec<Phase>)> {
        self.started_over(candidates, self.size.connections).await
    }

    /// The same over at most `connections` connections.
    async fn started_over(&self, candidates: usize, connections: usize) -> Result<(Stage, Vec<Phase>)> {
        let stage = self.stage_over(candidates, connections).await?;
        let mut phases = stage.admit().await?;
        let within = std::time::Duration::from_secs_f64((candidates as f64 / 2_000.0).max(1.0));
        phases.push(stage.run("start", crate::crowd::all_within(candidates, Act::Start, within)).await?);
        phases.push(stage.measure_settling().await?);
        Ok((stage, phases))
    }

    /// One of two figures, by the database.
    const fn by_database(&self, sqlite: f64, postgres: f64) -> f64 {
        match self.database {
            Database::Sqlite => sqlite,
            Database::Postgres => postgres,
        }
    }
}

/// A figure that came out, and what it should be.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// What it is.
    pub name: String,
    /// What came out.
    pub value: f64,
    /// Its unit.
    pub unit: &'static str,
    /// What it may be at most; at least, when `at_least`.
    pub bound: f64,
    /// Whether the bound is the least and not the most.
    pub at_least: bool,
}

impl Figure {
    fn most(name: impl Into<String>, value: f64, unit: &'static str, bound: f64) -> Self {
        Self { name: name.into(), value, unit, bound, at_least: false }
    }

    fn least(name: impl Into<String>, value: f64, unit: &'static str, bound: f64) -> Self {
        Self { name: name.into(), value, unit, bound, at_least: true }
    }

    /// A figure without a bound: for comparison.
    fn told(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self { name: name.into(), value, unit, bound: f64::INFINITY, at_least: false }
    }

    /// How many acts of these phases failed: none may.
    fn errors(phases: &[Phase]) -> Self {
        let failed: u64 = phases.iter().map(Phase::failed).sum();
        Self::most("errors", failed as f64, "", 0.0)
    }

    /// The 99th percentile of an act.
    fn p99(phase: &Phase, act: Act, bound: f64) -> Self {
        let value = phase.act(act).map_or(f64::INFINITY, |summary| summary.p99_ms);
        Self::most(format!("{}, p99", phase.name), value, "ms", bound)
    }

    /// Whether it is what it should be.
    pub fn holds(&self) -> bool {
        if self.at_least { self.value >= self.bound } else { self.value <= self.bound }
    }
}

/// A scenario's outcome.
#[derive(Clone, Debug, Serialize)]
pub struct Outcome {
    /// What was measured, in order.
    pub phases: Vec<Phase>,
    /// What came out.
    pub figures: Vec<Figure>,
}

impl Scenario {
    /// Its name in commands and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::StartStampede => "start-stampede",
            Self::Steady => "steady",
            Self::HandInStampede => "hand-in-stampede",
            Self::FullDay => "full-day",
            Self::ZeroThink => "zero-think",
            Self::OneAddress => "one-address",
            Self::LogIns => "log-ins",
            Self::Connections => "connections",
        }
    }

    /// Runs it on a server of its own.
    ///
    /// # Errors
    /// When the server doesn't start, or refuses what the scenario stands on.
    pub async fn run(self, ground: &Ground) -> Result<Outcome> {
        match self {
            Self::StartStampede => start_stampede::run(ground).await,
            Self::Steady => steady::run(ground).await,
            Self::HandInStampede => hand_in_stampede::run(ground).await,
            Self::FullDay => full_day::run(ground).await,
            Self::ZeroThink => zero_think::run(ground).await,
            Self::OneAddress => one_address::run(ground).await,
            Self::LogIns => log_ins::run(ground).await,
            Self::Connections => connections::run(ground).await,
        }
    }
}
