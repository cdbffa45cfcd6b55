//! `exam-load`: lives a candidate's day, many thousand times at once, and measures what the server does.

mod candidate;
mod connection;
mod crowd;
mod institution;
mod measure;
mod plot;
mod processes;
mod report;
mod scenarios;
mod server;
mod socket;
mod stage;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Result;
use clap::Parser;

use crate::{
    report::{Report, Run},
    scenarios::{Ground, Scenario, Size},
    server::Database,
};

/// Lives a candidate's day, many thousand times at once, and measures what the server does.
#[derive(Debug, Parser)]
#[command(name = "exam-load", version, about)]
struct Cli {
    /// What to run, each on a server of its own.
    #[arg(value_enum, required = true)]
    scenarios: Vec<Scenario>,
    /// On which databases.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "sqlite,postgres")]
    databases: Vec<Database>,
    /// How often; the medians are compared with the bounds.
    #[arg(long, default_value_t = 1)]
    runs: u32,
    /// How many candidates; a whole day is lived by ten times as many.
    #[arg(long, default_value_t = 10_000)]
    candidates: usize,
    /// Seconds of a steady phase.
    #[arg(long, default_value_t = 300)]
    seconds: u64,
    /// Connections that may be open at a time.
    #[arg(long, default_value_t = 15_000)]
    connections: usize,
    /// The server's binary.
    #[arg(long, default_value = "target/release/exam-system")]
    binary: PathBuf,
    /// The baseline's binary.
    #[arg(long, default_value = "target/release/examples/echo-server")]
    echo: PathBuf,
    /// Where the servers' data goes for the time of a run: on a disk that keeps it.
    #[arg(long, default_value = "target")]
    on: PathBuf,
    /// Where the report goes.
    #[arg(long, default_value = "target/bench")]
    out: PathBuf,
}

fn main() -> Result<ExitCode> {
    let cli = Cli::parse();
    // One thread: what the generator takes, the server doesn't have.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let report = tokio::task::LocalSet::new().block_on(&runtime, run(&cli))?;
    report.write(&cli.out)?;
    println!("{}", report.table());
    println!("{}", cli.out.join("report.html").display());
    Ok(if report.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn run(cli: &Cli) -> Result<Report> {
    let mut report = Report::here();
    for number in 1..=cli.runs {
        for scenario in &cli.scenarios {
            for database in &cli.databases {
                eprintln!("{} on {}, run {number} of {}", scenario.name(), database.name(), cli.runs);
                let Cli { candidates, seconds, connections, .. } = *cli;
                let ground = Ground {
                    binary: cli.binary.clone(),
                    echo: cli.echo.clone(),
                    on: cli.on.clone(),
                    database: *database,
                    size: Size { candidates, seconds, connections },
                };
                let outcome = scenario.run(&ground).await?;
                for figure in &outcome.figures {
                    let word = if figure.holds() { "holds" } else { "MISSED" };
                    eprintln!("  {}: {:.2} {} ({word})", figure.name, figure.value, figure.unit);
                }
                report.runs.push(Run { scenario: *scenario, database: *database, outcome });
            }
        }
    }
    Ok(report)
}
