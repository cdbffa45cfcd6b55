//! `exam-system audit`

use std::{process::ExitCode, sync::Arc};

use anyhow::Result;
use audit::Verdict;
use clap::Subcommand;
use foundation::{SystemClock, SystemRandom};

use crate::{compose::compose, config::Config, roles::Roles};

/// Look at the audit log.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Walk each service's chain and report the first break.
    Verify {
        /// Whose chains: all, or names between commas.
        #[arg(long, default_value = "all", env = "SERVICES")]
        services: String,
    },
}

impl Audit {
    pub(super) async fn run(self) -> Result<ExitCode> {
        let Self::Verify { services } = self;
        let roles = Roles::parse(&services)?;
        let config = Config { roles, ..Config::from_env(false, &SystemRandom)? };
        let composed = compose(&config, Arc::new(SystemClock), Arc::new(SystemRandom)).await?;
        let mut whole = true;
        for (schema, db) in composed.databases() {
            match audit::verify(db, schema).await? {
                Verdict::Whole { sealed, unsealed } => {
                    println!("{schema}: whole, {sealed} records sealed, {unsealed} not yet");
                }
                Verdict::Broken { seq } => {
                    whole = false;
                    println!(
                        "{schema}: BROKEN at record {seq}: it is missing, was changed, or was put there"
                    );
                }
                Verdict::Cut { last, head } => {
                    whole = false;
                    println!("{schema}: CUT after record {last}: the head names record {head}");
                }
            }
        }
        Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
