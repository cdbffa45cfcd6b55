//! `exam-system admin`

use std::{
    io::{self, BufRead as _, IsTerminal as _, Write as _},
    process::ExitCode,
    sync::Arc,
};

use anyhow::{Context as _, Result, bail};
use auth_service::{Password, Username};
use authz::Service;
use clap::Subcommand;
use foundation::{SystemClock, SystemRandom, Text};

use crate::{compose::compose, config::Config, roles::Roles};

/// Manage administrators.
#[derive(Debug, Subcommand)]
pub enum Admin {
    /// Make an administrator. The password is read from standard input, never from the command line.
    Create {
        /// What they sign in with.
        #[arg(long)]
        username: String,
        /// Their name as it is shown.
        #[arg(long)]
        name: String,
    },
}

impl Admin {
    pub(super) async fn run(self) -> Result<ExitCode> {
        let Self::Create { username, name } = self;
        let config = Config { roles: Roles::only(Service::Auth), ..Config::from_env(false, &SystemRandom)? };
        let name = Text::new(&name).context("--name")?;
        let stdin = io::stdin();
        if stdin.is_terminal() {
            eprint!("Password for {username} (shown as you type): ");
            io::stderr().flush()?;
        }
        let mut password = String::new();
        stdin.lock().read_line(&mut password).context("no password on standard input")?;
        let password = password.trim_end_matches(['\r', '\n']);
        if password.is_empty() {
            bail!("no password on standard input");
        }
        let composed = compose(&config, Arc::new(SystemClock), Arc::new(SystemRandom)).await?;
        composed
            .auth()?
            .create_admin(Username::new(&username)?, name, Password::new(password))
            .await
            .map_err(|problem| anyhow::anyhow!("{}", describe(&problem)))?;
        println!("{username} is an administrator now");
        Ok(ExitCode::SUCCESS)
    }
}

fn describe(problem: &foundation::Problem) -> String {
    let mut text = problem.detail.to_string();
    for error in &problem.errors {
        text.push_str(&format!("\n  {}: {}", error.field.as_deref().unwrap_or(""), error.message));
    }
    text
}
