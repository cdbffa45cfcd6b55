//! `exam-system`: one binary, many roles.

use clap::Parser as _;
use exam_system::commands::Cli;

#[tokio::main]
async fn main() -> std::process::ExitCode {
    match Cli::parse().run().await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("exam-system: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}
