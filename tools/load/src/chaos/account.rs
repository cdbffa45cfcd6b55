//! What came of it, for machines and for people.

use std::fmt::Write as _;

use serde::Serialize;

use super::{hall::Saving, site::Layout, store::StoreKind};

/// One harm, and what came of it.
#[derive(Debug, Serialize)]
pub struct Happened {
    /// What was done.
    pub harm: &'static str,
    /// When, in seconds since the beginning.
    pub at: f64,
    /// How long it took, with its end, in seconds.
    pub seconds: f64,
    /// How long it took after that until every device had receipts for all that it held, in seconds.
    pub caught_up_seconds: f64,
    /// How saving went until then.
    pub saving: Saving,
    /// Receipts that were compared with the journal right afterwards, of a part of the devices.
    pub checked: u64,
    /// Of those, how many the journal doesn't hold.
    pub lost: u64,
}

/// What came of a day.
#[derive(Debug, Serialize)]
pub struct Account {
    /// Its name.
    pub day: String,
    /// How the services were spread over processes.
    pub layout: Layout,
    /// The database.
    pub store: StoreKind,
    /// What drew the order of things.
    pub seed: u64,
    /// Devices.
    pub devices: usize,
    /// How long it took, in seconds.
    pub seconds: f64,
    /// Each harm.
    pub harms: Vec<Happened>,
    /// Requests that failed, and were tried again.
    pub failures: u64,
    /// Receipts that devices hold at the end; each was verified, and compared with the journal.
    pub receipts: u64,
    /// How many of them the journal doesn't hold, and entries that were never taken in.
    pub lost: u64,
    /// Of them, for entries that came after the end of their attempt, and were kept as late.
    pub late: u64,
    /// Of those, how many came in time by the right clock: in the moment in which a server's clock was set.
    pub misjudged: u64,
    /// Attempts that were handed in while something went wrong.
    pub handed_in: u64,
    /// What `journal verify` said.
    pub journal: String,
    /// What doesn't hold, each in a sentence. Nothing, if all is well.
    pub faults: Vec<String>,
}

impl Account {
    /// A table for people: each kind of harm with the worst that came of it.
    pub fn text(&self) -> String {
        let mut kinds: Vec<(&str, Vec<&Happened>)> = Vec::new();
        for happened in &self.harms {
            match kinds.iter_mut().find(|(name, _)| *name == happened.harm) {
                Some((_, all)) => all.push(happened),
                None => kinds.push((happened.harm, vec![happened])),
            }
        }
        let mut text = format!(
            "{}, {} devices, {:.0} s, seed {}\n\n| harm | times | no save for at most | an answer waited at most | \
             requests made again |\n|---|---|---|---|---|\n",
            self.day, self.devices, self.seconds, self.seed
        );
        for (name, all) in kinds {
            let most = |of: fn(&Happened) -> u64| all.iter().map(|happened| of(happened)).max().unwrap_or(0);
            let _ = writeln!(
                text,
                "| {name} | {} | {:.2} s | {:.1} s | {} |",
                all.len(),
                most(|happened| happened.saving.unavailable_ms) as f64 / 1e3,
                most(|happened| happened.saving.longest_wait_ms) as f64 / 1e3,
                all.iter().map(|happened| happened.saving.failures).sum::<u64>(),
            );
        }
        let _ = write!(
            text,
            "\n{} receipts checked, {} lost; {} entries late, {} of them by a clock that had just been set; {} attempts \
             handed in meanwhile; {} faults\njournal verify: {}\n",
            self.receipts,
            self.lost,
            self.late,
            self.misjudged,
            self.handed_in,
            self.faults.len(),
            self.journal
        );
        for fault in self.faults.iter().take(20) {
            let _ = writeln!(text, "FAULT {fault}");
        }
        text
    }
}
