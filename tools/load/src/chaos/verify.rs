//! What must hold after every harm: what a device holds a receipt for is in the journal, and nothing else has changed.

use std::{collections::HashMap, net::SocketAddr};

use anyhow::{Context as _, Result, bail};
use foundation::{Clock as _, Instant, Span, SystemClock};
use receipts::{Bytes, Entry, Hash, KeySet, Receipt, Taking};
use serde::Deserialize;
use serde_json::Value;

use super::device::Device;
use crate::{
    connection::{self, Connection},
    institution::Office,
};

/// How often a device asks how its attempt stands, when its connection was cut meanwhile.
const LOOKS_MAX: usize = 3;

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Receipts that were compared with the journal.
    pub receipts: u64,
    /// Receipts whose entries the journal doesn't hold, or not as they were, and entries that were never taken in.
    pub lost: u64,
    /// Entries taken as late.
    pub late: u64,
    /// Entries taken as late that came in time.
    pub misjudged: u64,
    /// Of those, the most of one device.
    pub misjudged_of_one: u64,
    /// Attempts that were handed in.
    pub handed_in: u64,
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
pub async fn keys(exam: SocketAddr) -> Result<KeySet> {
    let mut connection = Connection::new(exam);
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
pub async fn check(device: &mut Device, keys: &KeySet, office: &mut Office, found: &mut Found) -> Result<()> {
    let journal = journal(device, office).await?;
    let place = |receipt: &Receipt| {
        format!("attempt {} entry {}/{}", receipt.attempt_id, receipt.lease_no, receipt.seq)
    };
    for receipt in &device.receipts {
        found.receipts += 1;
        found.late += u64::from(receipt.status == "late");
        match journal.get(&(receipt.lease_no, receipt.seq)) {
            Some(leaf) if *leaf == leaf_of(receipt) => {}
            Some(_) => {
                found.lost += 1;
                found.faults.push(format!("{}: LOST: the journal holds something else", place(receipt)));
            }
            None => {
                found.lost += 1;
                found.faults.push(format!("{}: LOST: the journal doesn't hold it", place(receipt)));
            }
        }
    }
    for receipt in &device.receipts[device.verified..] {
        if let Err(fault) = receipt.verify(keys) {
            found.faults.push(format!("{}: its receipt doesn't hold: {fault}", place(receipt)));
        }
    }
    device.verified = device.receipts.len();
    stands(device, found).await?;
    for wrong in std::mem::take(&mut device.wrongs) {
        found.faults.push(format!("attempt {}: {wrong}", device.attempt));
    }
    Ok(())
}

/// Whether the attempt's state is of its own making: handed in by its device, ended by its time, or as it was started.
async fn stands(device: &mut Device, found: &mut Found) -> Result<()> {
    found.misjudged += device.misjudged;
    found.misjudged_of_one = found.misjudged_of_one.max(device.misjudged);
    found.handed_in += u64::from(device.has_handed_in);
    let mut attempt = device.look().await;
    for _ in 1..LOOKS_MAX {
        if attempt.is_err() {
            attempt = device.look().await;
        }
    }
    let attempt = attempt?;
    let given = put_off(device, &attempt)?;
    let is_over = SystemClock.now() > device.closes_at();
    let (state, version) = (attempt["state"].as_str(), attempt["version"].as_i64());
    let holds = if device.has_handed_in {
        // Marking counts it up afterwards.
        state == Some("submitted") && version >= Some(device.version)
    } else if is_over {
        state == Some("submitted") || attempt["closed"] == true
    } else {
        // Time that is given back counts it up, once or twice.
        let versions = device.version..=device.version + 2 * given;
        state == Some("in_progress") && version.is_some_and(|version| versions.contains(&version))
    };
    if !holds {
        found.faults.push(format!(
            "attempt {}: {state:?} at version {version:?}; its device knows version {}, handed in: {}, over: {is_over}",
            device.attempt, device.version, device.has_handed_in
        ));
    }
    Ok(())
}

/// Whether the attempt's deadline has moved by the outages that were measured, and by nothing else; answers how many there
/// were.
fn put_off(device: &mut Device, attempt: &Value) -> Result<i64> {
    let outages: Vec<i64> = attempt["credits"]
        .as_array()
        .context("what was given")?
        .iter()
        .filter(|given| given["outage"].is_object())
        .filter_map(|given| given["seconds"].as_i64())
        .collect();
    let deadline: Instant = serde_json::from_value(attempt["deadline"].clone()).context("a deadline")?;
    let moved = deadline.since(device.first_deadline);
    // Each is told in whole seconds.
    let count = i64::try_from(outages.len())?;
    let off = moved - Span::from_seconds(outages.iter().sum());
    if off < Span::ZERO || off > Span::from_seconds(count) {
        device
            .wrongs
            .push(format!("the deadline moved by {} ms; outages: {outages:?} s", moved.as_micros() / 1_000));
    }
    device.deadline = deadline;
    Ok(count)
}

/// What a device still holds at the very end was never taken in.
pub fn never_taken_in(device: &Device, found: &mut Found) {
    if device.holds() > 0 {
        found.lost += device.holds() as u64;
        let holds = device.holds();
        found.faults.push(format!("attempt {}: LOST: {holds} entries were never taken in", device.attempt));
    }
}

/// The leaves of an attempt's entries, by lease and place.
async fn journal(device: &Device, office: &mut Office) -> Result<HashMap<(i64, i64), Hash>> {
    let mut held = HashMap::new();
    let mut after = None;
    loop {
        let more = after.map(|after| format!("&after={after}")).unwrap_or_default();
        let path = format!(
            "/api/v1/exams/sittings/{}/attempts/{}/journal?limit=200{more}",
            device.sitting, device.attempt
        );
        let page: Page = office.get(&path).await?.json().context("the journal")?;
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
