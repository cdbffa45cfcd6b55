//! `exam-load`: lives a candidate's day, many thousand times at once, and measures what the server does.

mod bare;
mod candidate;
mod chaos;
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
use clap::{Args, Parser, Subcommand};
use foundation::{SeededRandom, shuffle};

use crate::{
    chaos::{Harm, Plan},
    report::{Report, Run},
    scenarios::{Ground, Scenario, Size},
    server::Database,
};

/// Lives a candidate's day, many thousand times at once, and measures what the server does.
#[derive(Debug, Parser)]
#[command(name = "exam-load", version, about)]
struct Cli {
    /// The server's binary.
    #[arg(long, global = true, default_value = "target/release/exam-system")]
    binary: PathBuf,
    /// On which databases.
    #[arg(long, global = true, value_enum, value_delimiter = ',', default_value = "sqlite,postgres")]
    databases: Vec<Database>,
    /// Where the servers' data goes for the time of a run: on a disk that keeps it.
    #[arg(long, global = true, default_value = "target")]
    on: PathBuf,
    /// Where the report goes.
    #[arg(long, global = true, default_value = "target/bench")]
    out: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run scenarios, each on a server of its own, and compare the medians with their bounds.
    Bench(Bench),
    /// Let candidates save while things fail, and check every receipt afterwards.
    Chaos(Chaos),
}

#[derive(Debug, Args)]
struct Bench {
    /// What to run.
    #[arg(value_enum, required = true)]
    scenarios: Vec<Scenario>,
    /// How often.
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
    /// The baseline's binary.
    #[arg(long, default_value = "target/release/examples/echo-server")]
    echo: PathBuf,
}

#[derive(Debug, Args)]
struct Chaos {
    /// What is to happen, in this order; the usual things, in an order drawn by the seed, when left out. What a database
    /// doesn't have can't happen to it.
    #[arg(value_enum)]
    harms: Vec<Harm>,
    /// Devices that save all the while.
    #[arg(long, default_value_t = 2_000)]
    devices: usize,
    /// Draws the order.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> Result<ExitCode> {
    let cli = Cli::parse();
    // One thread: what the generator takes, the server doesn't have.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    tokio::task::LocalSet::new().block_on(&runtime, async {
        match &cli.command {
            Command::Bench(bench) => measure(&cli, bench).await,
            Command::Chaos(chaos) => harm(&cli, chaos).await,
        }
    })
}

async fn measure(cli: &Cli, bench: &Bench) -> Result<ExitCode> {
    let mut report = Report::here();
    for number in 1..=bench.runs {
        for scenario in &bench.scenarios {
            for database in &cli.databases {
                eprintln!("{} on {}, run {number} of {}", scenario.name(), database.name(), bench.runs);
                let Bench { candidates, seconds, connections, .. } = *bench;
                let ground = Ground {
                    binary: cli.binary.clone(),
                    echo: bench.echo.clone(),
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
                report.write(&cli.out)?;
            }
        }
    }
    println!("{}", report.table());
    println!("{}", cli.out.join("report.html").display());
    Ok(if report.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What happens to a server unless it is said otherwise, and how often.
const USUAL: [(Harm, usize); 6] = [
    (Harm::KillServer, 20),
    (Harm::RestartServer, 3),
    (Harm::KillDatabase, 5),
    (Harm::StalledNetwork, 2),
    (Harm::HalfOpenNetwork, 2),
    (Harm::FullDisk, 1),
];

async fn harm(cli: &Cli, chaos: &Chaos) -> Result<ExitCode> {
    let mut well = true;
    for database in &cli.databases {
        let mut harms = chaos.harms.clone();
        if harms.is_empty() {
            harms = USUAL.iter().flat_map(|(harm, times)| vec![*harm; *times]).collect();
            shuffle(&mut harms, &SeededRandom::new(chaos.seed));
        }
        harms.retain(|harm| harm.can_happen_to(*database));
        eprintln!("{} harms to {}, {} devices", harms.len(), database.name(), chaos.devices);
        let plan = Plan {
            binary: cli.binary.clone(),
            on: cli.on.clone(),
            database: *database,
            devices: chaos.devices,
            harms,
        };
        let account = chaos::run(&plan).await?;
        println!("{}", serde_json::to_string_pretty(&account)?);
        let lost = account.faults.len();
        println!("{}: {} receipts checked, {lost} faults", database.name(), account.receipts);
        well &= lost == 0;
        std::fs::create_dir_all(&cli.out)?;
        let file = cli.out.join(format!("chaos-{}.json", database.name().to_lowercase()));
        std::fs::write(file, serde_json::to_vec_pretty(&account)?)?;
    }
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
