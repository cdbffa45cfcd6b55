//! `exam-system journal`

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use anyhow::{Context as _, Result};
use authz::Service;
use clap::Subcommand;
use exam_service::app::{
    receipts::keys::public_keys,
    verify_journal::{Counted, Verdict, verify_journal},
};
use foundation::{SystemClock, SystemRandom};
use receipts::KeySet;

use super::receipt::read_keys;
use crate::{compose::compose, config::Config, roles::Roles};

/// Look at the journal of answers.
#[derive(Debug, Subcommand)]
pub enum Journal {
    /// Walk every chain and every entry, and report the first break.
    Verify {
        /// The public keys to trust, a JSON Web Key Set; those in the database unless given.
        #[arg(long, value_name = "KEYSET")]
        keys: Option<PathBuf>,
    },
}

impl Journal {
    pub(super) async fn run(self) -> Result<ExitCode> {
        let Self::Verify { keys } = self;
        let config = Config { roles: Roles::only(Service::Exam), ..Config::from_env(false, &SystemRandom)? };
        let composed = compose(&config, Arc::new(SystemClock), Arc::new(SystemRandom)).await?;
        let db = composed.database("exam").context("there is no exam-service here")?;
        let keys = match keys {
            Some(file) => read_keys(&file)?,
            None => KeySet::of(public_keys(&mut db.read().await?).await?)?,
        };
        Ok(match verify_journal(db, &keys).await? {
            Verdict::Whole(Counted { chains, batches, entries, erased }) => {
                println!(
                    "whole: {entries} entries in {batches} batches of {chains} chains, {erased} of them erased"
                );
                ExitCode::SUCCESS
            }
            Verdict::Broken(what) => {
                println!("BROKEN at {what}");
                ExitCode::FAILURE
            }
        })
    }
}
