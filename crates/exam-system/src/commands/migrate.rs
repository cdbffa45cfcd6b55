//! `exam-system migrate`

use std::{process::ExitCode, sync::Arc};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use db::{DbConfig, DbRole, create_role};
use foundation::{SystemClock, SystemRandom};

use crate::{
    compose::compose,
    config::{Config, variable},
    roles::Roles,
};

/// Bring the tables of these services up to date, and end. `serve` does it too; this is for a step of its own before it.
#[derive(Debug, Args)]
pub struct Migrate {
    /// Whose tables: all, or names between commas.
    #[arg(long, default_value = "all", env = "SERVICES")]
    services: String,
    /// Make a login role per service instead, which owns its service's schema and reads no other. `DATABASE_URL` must be
    /// of somebody who may; the roles' passwords come from `AUTH_DATABASE_PASSWORD` and the like.
    #[arg(long)]
    roles: bool,
}

impl Migrate {
    pub(super) async fn run(self) -> Result<ExitCode> {
        let mut config = Config::from_env(false, &SystemRandom)?;
        config.roles = Roles::parse(&self.services)?;
        if self.roles {
            return make_roles(&config).await;
        }
        let composed = compose(&config, Arc::new(SystemClock), Arc::new(SystemRandom)).await?;
        for (schema, _) in composed.databases() {
            println!("{schema}: up to date");
        }
        composed.close().await;
        Ok(ExitCode::SUCCESS)
    }
}

async fn make_roles(config: &Config) -> Result<ExitCode> {
    let DbConfig::Postgres { url, .. } = &config.database else {
        bail!("--roles: SQLite knows no roles; set DATABASE_URL to a PostgreSQL database");
    };
    let mut roles = Vec::new();
    for service in config.roles.iter() {
        let variable_name = format!("{}_DATABASE_PASSWORD", service.schema().to_uppercase());
        let password = variable(&variable_name)?.with_context(|| {
            format!("{variable_name} is not set: it is the password of {}'s role", service.name())
        })?;
        roles.push((service.schema(), format!("{}_service", service.schema()), password));
    }
    for (schema, name, password) in &roles {
        let role = DbRole { name, schema, password };
        create_role(url, &role, &SystemRandom).await.with_context(|| name.clone())?;
        println!("{name}: owns the schema {schema}");
    }
    Ok(ExitCode::SUCCESS)
}
