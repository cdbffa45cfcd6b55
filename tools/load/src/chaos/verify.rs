//! What must hold after every harm: what a device holds a receipt for is in the journal, and nothing else has changed.

use std::collections::HashMap;

use anyhow::{Context as _, Result, bail};
use receipts::{Bytes, Entry, Hash, KeySet, Receipt, Taking};
use serde::Deserialize;

use super::device::Device;
use crate::{
    connection::{self, Connection},
    server::Running,
};

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Receipts that were checked.
    pub receipts: u64,
    /// What doesn't hold, each in a sentence.
    pub faults: Vec<String>,
}

#[derive(Deserialize)]
struct Page {
    items: Vec<Held>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Held {
    lease_no: i64,
    seq: i64,
    leaf: Hash,
}

/// The public keys as anybody gets them.
///
/// # Errors
/// When the server can't be asked.
pub async fn keys(running: &Running) -> Result<KeySet> {
    let mut connection = Connection::new(running.address());
    let request = connection::raw("GET", "/api/v1/exams/receipt-keys", None, "", hyper::body::Bytes::new())?;
    let reply = connection.send(request).await?;
    if !reply.status.is_success() {
        bail!("no keys: {}", reply.status);
    }
    Ok(KeySet::parse(std::str::from_utf8(&reply.body)?)?)
}

/// Compares what a device holds with what the server holds.
///
/// # Errors
/// When the server can't be asked.
pub async fn check(
    device: &mut Device,
    keys: &KeySet,
    office: &mut Connection,
    bearer: &str,
    found: &mut Found,
) -> Result<()> {
    let journal = journal(device, office, bearer).await?;
    for receipt in &device.receipts {
        found.receipts += 1;
        let place = format!("attempt {} entry {}/{}", device.attempt, receipt.lease_no, receipt.seq);
        if let Err(fault) = receipt.verify(keys) {
            found.faults.push(format!("{place}: its receipt doesn't hold: {fault}"));
        }
        match journal.get(&(receipt.lease_no, receipt.seq)) {
            None => found.faults.push(format!("{place}: LOST: the journal doesn't hold it")),
            Some(leaf) if *leaf != leaf_of(receipt) => {
                found.faults.push(format!("{place}: the journal holds something else"));
            }
            Some(_) => {}
        }
    }
    if device.holds() > 0 {
        found.faults.push(format!(
            "attempt {}: {} entries were never taken in",
            device.attempt,
            device.holds()
        ));
    }
    for wrong in device.wrongs.drain(..) {
        found.faults.push(format!("attempt {}: {wrong}", device.attempt));
    }
    let attempt = device.look().await?;
    let (state, version) = (attempt["state"].as_str(), attempt["version"].as_i64());
    if state != Some("in_progress") || version != Some(device.version) {
        found.faults.push(format!(
            "attempt {}: {state:?} at version {version:?}, it was started at version {}",
            device.attempt, device.version
        ));
    }
    Ok(())
}

/// The leaves of an attempt's entries, by lease and place.
async fn journal(
    device: &Device,
    office: &mut Connection,
    bearer: &str,
) -> Result<HashMap<(i64, i64), Hash>> {
    let mut held = HashMap::new();
    let mut after = None;
    loop {
        let more = after.map(|after| format!("&after={after}")).unwrap_or_default();
        let path = format!(
            "/api/v1/exams/sittings/{}/attempts/{}/journal?limit=200{more}",
            device.sitting, device.attempt
        );
        let auth = Some(("authorization", bearer));
        let request = connection::raw("GET", &path, auth, "", hyper::body::Bytes::new())?;
        let page: Page = office.send(request).await?.json().context("the journal")?;
        held.extend(page.items.into_iter().map(|item| ((item.lease_no, item.seq), item.leaf)));
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(held),
        }
    }
}

fn leaf_of(receipt: &Receipt) -> Hash {
    let entry = Entry {
        attempt: receipt.attempt_id,
        lease_no: receipt.lease_no,
        seq: receipt.seq,
        kind: &receipt.kind,
        question: receipt.question_id,
        payload_hash: receipt.proof.payload_hash,
    };
    let Bytes(nonce) = receipt.proof.nonce;
    let taking = Taking { status: &receipt.status, received_at: receipt.received_at, nonce: Bytes(nonce) };
    taking.leaf(&entry.hash())
}
