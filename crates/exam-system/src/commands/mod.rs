//! The commands.

mod admin;
mod audit_log;
mod facts;
mod healthcheck;
mod journal;
mod migrate;
mod openapi;
mod receipt;
mod serve;
mod tls;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Online examinations in one binary.
#[derive(Debug, Parser)]
#[command(name = "exam-system", version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve.
    Serve(serve::Serve),
    /// Bring the database's tables up to date, and end.
    Migrate(migrate::Migrate),
    /// Manage administrators.
    #[command(subcommand)]
    Admin(admin::Admin),
    /// Look at the audit log.
    #[command(subcommand)]
    Audit(audit_log::Audit),
    /// Look at facts that couldn't be handed on, and send them again.
    #[command(subcommand)]
    Facts(facts::Facts),
    /// Look at the journal of answers.
    #[command(subcommand)]
    Journal(journal::Journal),
    /// Check receipts, and manage the key that signs them.
    #[command(subcommand)]
    Receipt(receipt::Receipt),
    /// Serve TLS without a proxy: make a local authority and a certificate.
    #[command(subcommand)]
    Tls(tls::Tls),
    /// Print the API's description (OpenAPI 3.1), or the permission matrix.
    Openapi(openapi::Openapi),
    /// Ask a running server whether it is ready; for container health checks.
    Healthcheck(healthcheck::Healthcheck),
}

impl Cli {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for the person at the terminal.
    pub async fn run(self) -> Result<ExitCode> {
        match self.command {
            Command::Serve(serve) => serve.run().await,
            Command::Migrate(migrate) => migrate.run().await,
            Command::Admin(admin) => admin.run().await,
            Command::Audit(audit) => audit.run().await,
            Command::Facts(facts) => facts.run().await,
            Command::Journal(journal) => journal.run().await,
            Command::Receipt(receipt) => receipt.run().await,
            Command::Tls(tls) => tls.run(),
            Command::Openapi(openapi) => openapi.run().await,
            Command::Healthcheck(check) => check.run().await,
        }
    }
}
