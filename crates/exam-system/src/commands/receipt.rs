//! `exam-system receipt`

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use anyhow::{Context as _, Result, bail};
use authz::Service;
use clap::Subcommand;
use exam_service::app::receipts::keys::{ReceiptKeys, public_keys};
use foundation::{SystemClock, SystemRandom};
use receipts::{KeySet, ReceiptFile};
use serde_json::json;

use crate::{compose::compose, config::Config, roles::Roles};

/// Check receipts, and manage the key that signs them.
#[derive(Debug, Subcommand)]
pub enum Receipt {
    /// Check a candidate's receipt file against public keys, without a server or a database.
    Verify {
        /// The file that the candidate took home.
        file: PathBuf,
        /// The public keys: a JSON Web Key Set, as `receipt keys` prints it.
        #[arg(long, value_name = "KEYSET")]
        keys: PathBuf,
    },
    /// Print the public keys that verify this installation's receipts.
    Keys,
    /// Make the next signing key. Servers that run use it within half a minute; old receipts go on verifying.
    RotateKey,
}

impl Receipt {
    pub(super) async fn run(self) -> Result<ExitCode> {
        match self {
            Self::Verify { file, keys } => verify(&file, &keys),
            Self::Keys => {
                let config =
                    Config { roles: Roles::only(Service::Exam), ..Config::from_env(false, &SystemRandom)? };
                let composed = compose(&config, Arc::new(SystemClock), Arc::new(SystemRandom)).await?;
                let db = composed.database("exam").context("there is no exam-service here")?;
                let keys = public_keys(&mut db.read().await?).await?;
                println!("{}", serde_json::to_string_pretty(&json!({ "keys": keys }))?);
                Ok(ExitCode::SUCCESS)
            }
            Self::RotateKey => {
                let config =
                    Config { roles: Roles::only(Service::Exam), ..Config::from_env(false, &SystemRandom)? };
                let composed = compose(&config, Arc::new(SystemClock), Arc::new(SystemRandom)).await?;
                let db = composed.database("exam").context("there is no exam-service here")?;
                let keys = ReceiptKeys::open(db, &SystemClock, &SystemRandom, &config.secrets).await?;
                println!("{}", keys.rotate(db, &SystemClock, &SystemRandom).await?);
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

/// Reads a set of public keys.
pub(super) fn read_keys(file: &Path) -> Result<KeySet> {
    let text = fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))?;
    KeySet::parse(&text).with_context(|| file.display().to_string())
}

fn verify(file: &Path, keys: &Path) -> Result<ExitCode> {
    let keys = read_keys(keys)?;
    let text = fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))?;
    let receipts: ReceiptFile =
        serde_json::from_str(&text).with_context(|| format!("{} is no receipt file", file.display()))?;
    if receipts.format != ReceiptFile::FORMAT {
        bail!("{} says that it is `{}`; known is `{}`", file.display(), receipts.format, ReceiptFile::FORMAT);
    }
    let mut broken = 0;
    for receipt in &receipts.receipts {
        let place = format!("{}/{}", receipt.lease_no, receipt.seq);
        match receipt.verify(&keys) {
            Ok(()) => {
                let what =
                    receipt.question_id.map_or_else(|| receipt.kind.clone(), |id| format!("question {id}"));
                println!("{place}: {what}, {} at {}", receipt.status, receipt.received_at);
            }
            Err(fault) => {
                broken += 1;
                println!("{place}: DOES NOT HOLD: {fault}");
            }
        }
    }
    println!("{} receipts, {} hold", receipts.receipts.len(), receipts.receipts.len() - broken);
    Ok(if broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
