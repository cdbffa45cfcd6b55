//! `exam-system serve`

use std::{process::ExitCode, sync::Arc};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use foundation::{Clock as _, SystemClock, SystemRandom, open_as_many_files_as_allowed};
use http_kit::Tls;

use crate::{
    compose::compose,
    config::Config,
    demo,
    roles::Roles,
    run::{run, stop_signal},
};

/// Files that a process should be able to open: two connections for each of a thousand candidates, and what is its own.
const FILES_OF_A_HALL: u64 = 2_500;

/// Serve.
#[derive(Debug, Args)]
pub struct Serve {
    /// Which services run in this process: all, or names between commas (auth, question, exam, proctoring, analytics,
    /// notification).
    #[arg(long, default_value = "all", env = "SERVICES")]
    services: String,
    /// Load demo data into an empty database, and print logins. Loopback only.
    #[arg(long)]
    demo: bool,
}

impl Serve {
    pub(super) async fn run(self) -> Result<ExitCode> {
        let mut config = Config::from_env(self.demo, &SystemRandom)?;
        config.roles = Roles::parse(&self.services)?;
        config.check_roles()?;
        if self.demo && !config.roles.is_all() {
            bail!("--demo loads every service: run it with --services all");
        }
        telemetry::init_logs(&config.log_level, config.log_format).map_err(anyhow::Error::msg)?;
        demo::guard(&config)?;
        let tls = config.tls.clone().map(Tls::load).transpose().context("TLS_CERT and TLS_KEY")?;
        let stop = stop_signal();
        let demo = match self.demo {
            true => Some(demo::prepare(&config, SystemClock.now(), &|line| println!("demo: {line}")).await?),
            false => None,
        };
        let composed = compose(&config, Arc::new(SystemClock), Arc::new(SystemRandom)).await?;
        if let Some(files) = open_as_many_files_as_allowed()
            && files < FILES_OF_A_HALL
        {
            tracing::warn!(
                files,
                "few candidates can be connected: let this process open more files (ulimit -n)"
            );
        }
        let listener = http_kit::listen(config.listen)
            .with_context(|| format!("can't listen on {}: set PORT to a free one", config.listen))?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        let announce = move |address| {
            println!("exam-system {} is ready on {scheme}://{address}", env!("CARGO_PKG_VERSION"));
            if let Some(demo) = demo {
                print!("{}", demo.text(&format!("{scheme}://{address}")));
            }
        };
        run(composed, (listener, tls), stop, config.drain_grace, announce).await?;
        Ok(ExitCode::SUCCESS)
    }
}
