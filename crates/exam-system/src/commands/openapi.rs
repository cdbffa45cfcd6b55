//! `exam-system openapi`

use std::{process::ExitCode, sync::Arc};

use anyhow::Result;
use clap::Args;
use foundation::{SystemClock, SystemRandom};

use crate::{compose::compose, config::Config, permissions};

/// Print the API's description.
#[derive(Debug, Args)]
pub struct Openapi {
    /// Print the permission matrix instead, as Markdown.
    #[arg(long)]
    permissions: bool,
}

impl Openapi {
    pub(super) async fn run(self) -> Result<ExitCode> {
        // Nothing of what is printed depends on data: an empty folder of its own will do.
        let folder = std::env::temp_dir().join(format!("exam-system-openapi-{}", std::process::id()));
        let config = Config::throwaway(&folder, &SystemRandom)?;
        let composed = compose(&config, Arc::new(SystemClock), Arc::new(SystemRandom)).await?;
        if self.permissions {
            print!("{}", permissions::markdown(&composed.rules));
        } else {
            println!("{}", composed.app.openapi.to_pretty_json()?);
        }
        drop(composed);
        std::fs::remove_dir_all(folder)?;
        Ok(ExitCode::SUCCESS)
    }
}
