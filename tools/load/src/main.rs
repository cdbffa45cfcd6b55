//! `exam-load`: lives a candidate's day, many thousand times at once, and measures what the server does.

mod bare;
mod candidate;
mod chaos;
mod connection;
mod crowd;
mod doors;
mod installation;
mod institution;
mod measure;
mod plot;
mod processes;
mod report;
mod scenarios;
mod server;
mod socket;
mod stage;

use std::{path::PathBuf, process::ExitCode, time::Duration};

use anyhow::Result;
use clap::{Args, Parser, Subcommand};

use crate::{
    chaos::{Day, Harm, Plan},
    report::{Report, Run},
    scenarios::{Ground, Scenario, Size},
    server::Database,
};

/// The generator stands on the same machine: what it saves, the server has.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    /// Seconds that a harm lasts which has no end of its own.
    #[arg(long, default_value_t = 5)]
    lasts: u64,
    /// One more variable of every process of the server.
    #[arg(long = "set", value_name = "NAME=VALUE")]
    variables: Vec<String>,
    /// The binary of the version before: with `upgrade` every process begins with it.
    #[arg(long)]
    before: Option<PathBuf>,
    /// Draws the order of things, and who hands in meanwhile.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> Result<ExitCode> {
    let cli = Cli::parse();
    foundation::open_as_many_files_as_allowed();
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

async fn harm(cli: &Cli, chaos: &Chaos) -> Result<ExitCode> {
    let days = if chaos.harms.is_empty() {
        chaos::usual(&cli.databases, chaos.seed)?
    } else {
        let days = cli.databases.iter().map(|database| Day::of(*database, &chaos.harms));
        days.collect::<Result<_>>()?
    };
    let mut well = true;
    for day in days {
        eprintln!("{} harms to {}, {} devices", day.harms.len(), day.name, chaos.devices);
        let file = cli.out.join(day.file);
        let plan = Plan {
            binary: cli.binary.clone(),
            before: chaos.before.clone(),
            on: cli.on.clone(),
            out: cli.out.clone(),
            day,
            devices: chaos.devices,
            variables: chaos.variables.clone(),
            lasts: Duration::from_secs(chaos.lasts),
            seed: chaos.seed,
        };
        let account = chaos::run(&plan).await?;
        println!("{}", account.text());
        well &= account.faults.is_empty();
        std::fs::create_dir_all(&cli.out)?;
        std::fs::write(file.with_extension("json"), serde_json::to_vec_pretty(&account)?)?;
        std::fs::write(file.with_extension("md"), account.text())?;
    }
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
