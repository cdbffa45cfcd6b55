//! One batch: one transaction, durable or not at all.

use std::collections::{BTreeSet, HashMap, HashSet};

use authz::AttemptId;
use db::Tx;
use events::Signal;
use foundation::Instant;
use question_model::QuestionVersionId;
use receipts::{Bytes, Entry, Hash, Head, Tree, payload_hash};
use uuid::Uuid;

use super::{
    Chain, Queued,
    acts::Acts,
    command::{AttemptStatus, Command, EntryFate, EntryToSave, Outcome, Saved, SavedEntry},
    sections::Sections,
};
use crate::{
    app::{counting::Walk, papers::PaperCache},
    domain::{
        admission::{EntryStatus, Refused, admit},
        entry::{BatchKey, Held, act},
        takeover::Asks,
    },
    store::{
        attempts::{self, Arrangements, Locked, Rows, Shown},
        batches,
        journal::{self, EntryKey, NewEntry},
        results, stalls,
    },
};

impl Chain {
    /// Writes `batch` in one transaction; what came of each of its commands.
    pub(super) async fn commit(&mut self, batch: &[Queued]) -> db::Result<Vec<Outcome>> {
        let mut tx = self.db.begin().await?;
        let known = self.known.of_connection(self.db.connection_alone());
        let mut ids: Vec<AttemptId> = batch.iter().map(|queued| queued.command.attempt()).collect();
        ids.sort_unstable();
        ids.dedup();
        // How strong the lock has to be, and whether whole rows are to be read behind it.
        let changing = batch.iter().any(|queued| !matches!(queued.command, Command::Save { .. }));
        let acting = batch.iter().any(|queued| queued.command.is_act());
        let (rows, arrangements) = match acting {
            true => {
                let starts = batch.iter().any(|queued| matches!(queued.command, Command::Start { .. }));
                attempts::lock_rows(&mut tx, &ids, starts).await?
            }
            false => (Rows::new(), Arrangements::new()),
        };
        let mut locked = match acting {
            true => rows.iter().map(|(id, row)| (*id, Locked::of(row))).collect(),
            false => attempts::lock_known(&mut tx, &ids, changing, known).await?,
        };
        if !changing && batch.iter().any(|queued| comes_after_an_end(queued, &locked)) {
            // This batch changes rows after all. Raising a lock that is held could let two writers wait for each
            // other: this one is let go, nothing having been written, and the stronger one is taken.
            tx.commit().await?;
            tx = self.db.begin().await?;
            let known = self.known.of_connection(self.db.connection_alone());
            locked = attempts::lock_known(&mut tx, &ids, true, known).await?;
        }

        let batch_no = self.batch_no + 1;
        let mut sections = Sections::read(&mut tx, &self.papers, &locked).await?;
        let acts =
            Acts::read(&mut tx, (rows, arrangements), batch.iter().map(|queued| &queued.command)).await?;
        let mut write = Write { chain: self, batch_no, locked, acts, noted: Vec::new() };
        let mut outcomes: Vec<Option<Outcome>> = vec![None; batch.len()];
        let mut shown = Vec::new();
        let (entries, fates) = write.decide(batch, &mut sections);
        write.enter(&mut tx, sections).await?;
        // Saves first, then leases and starts, then hand-ins: what came before a hand-in in this batch counts.
        for (outcome, queued) in outcomes.iter_mut().zip(batch) {
            *outcome = match &queued.command {
                Command::Open { attempt, asks } => write.open(*attempt, *asks)?,
                Command::Start { attempt, lease_no, at } => write.start(*attempt, *lease_no, *at)?,
                Command::EnterSection { attempt, .. } => {
                    write.locked.contains_key(attempt).then_some(Outcome::Entered)
                }
                Command::Seen { attempt, lease_no, version, at } => {
                    // A version that there isn't nobody has seen, and it would hide one that somebody has.
                    if write.locked.get(attempt).is_some_and(|locked| *version <= locked.version) {
                        shown.push(Shown {
                            attempt: *attempt,
                            lease_no: *lease_no,
                            version: *version,
                            at: *at,
                        });
                    }
                    write.locked.contains_key(attempt).then_some(Outcome::Seen)
                }
                Command::ReportStalls { attempt, lease_no, at, stalls } => {
                    let is_there = write.locked.contains_key(attempt);
                    if is_there {
                        stalls::keep(&mut tx, *attempt, *lease_no, stalls, *at).await?;
                    }
                    is_there.then_some(Outcome::Reported)
                }
                Command::Save { .. } | Command::Submit { .. } => None,
            };
        }
        let news = attempts::seen(&mut tx, shown).await?;
        for (outcome, queued) in outcomes.iter_mut().zip(batch) {
            if let Command::Submit { attempt, lease_no, at } = &queued.command {
                *outcome = write.submit(*attempt, *lease_no, *at)?;
            }
        }
        let Write { acts, noted, mut locked, .. } = write;
        acts.write(&mut tx, &*self.clock, &*self.random).await?;

        let all: Vec<&NewEntry> = entries.iter().chain(&noted).collect();
        let mut new = journal::append(&mut tx, self.id, batch_no, &all).await?;
        let mut sealed = None;
        if !new.is_empty() {
            // The same entry may stand in one batch twice; the first one was inserted.
            let mut unseen = new.clone();
            let leaves: Vec<Hash> = all
                .iter()
                .filter(|entry| unseen.remove(&entry.key()))
                .map(|entry| held(entry, (self.id, batch_no)).leaf())
                .collect();
            let tree = Tree::over(leaves);
            let head = Head::signed(
                &self.keys.current(),
                (self.id, batch_no),
                self.clock.now(),
                tree.leaves().len() as u64,
                tree.root(),
                self.previous_root,
            );
            batches::insert(&mut tx, &head, tree.leaves()).await?;
            sealed = Some((head, tree));
            mark_anew(&mut tx, &self.papers, &mut locked, &entries, &new).await?;
        }

        for ((outcome, queued), fates) in outcomes.iter_mut().zip(batch).zip(fates) {
            if let Command::Save { attempt, lease_no, at, entries } = &queued.command {
                let save = Save { attempt: *attempt, lease_no: *lease_no, at: *at, entries };
                *outcome = Some(save.outcome(&mut tx, &locked, &mut new, fates, (self.id, batch_no)).await?);
            }
        }
        if let Err(error) = tx.commit().await {
            // It may have been done all the same: the number may be taken, and under which root nobody knows.
            self.begin_anew();
            return Err(error);
        }

        // Whoever watches looks again; a batch is one hint, however much it holds.
        let changed: BTreeSet<Uuid> = match sealed {
            Some((head, tree)) => {
                self.batch_no = batch_no;
                self.previous_root = head.root;
                self.batches.written(head, tree);
                locked.values().map(|locked| locked.sitting_id.uuid()).collect()
            }
            None => news.iter().filter_map(|id| Some(locked.get(id)?.sitting_id.uuid())).collect(),
        };
        for sitting in changed {
            self.signals.send(Signal::Sitting { sitting });
        }
        Ok(outcomes.into_iter().map(|outcome| outcome.unwrap_or(Outcome::NoSuchAttempt)).collect())
    }
}

/// How each entry of a save is to be taken; empty for other commands.
type Fates = Vec<Result<EntryStatus, Refused>>;

struct Write<'a> {
    chain: &'a Chain,
    batch_no: i64,
    locked: HashMap<AttemptId, Locked>,
    acts: Acts,
    /// The server's own acts, for the journal.
    noted: Vec<NewEntry>,
}

impl Write<'_> {
    /// Decides how each entry of the batch's saves is taken, and which sections are entered.
    fn decide(&self, batch: &[Queued], sections: &mut Sections) -> (Vec<NewEntry>, Vec<Fates>) {
        let mut new = Vec::new();
        let mut fates = vec![Vec::new(); batch.len()];
        for (queued, fates) in batch.iter().zip(&mut fates) {
            let Some(locked) = self.locked.get(&queued.command.attempt()) else { continue };
            match &queued.command {
                Command::Save { attempt, lease_no, at, entries } => {
                    let fate = admit(&locked.gate, *lease_no, *at);
                    for entry in entries {
                        let fate = match fate {
                            Ok(EntryStatus::Taken) => {
                                Ok(sections.take(*attempt, locked, entry.question, *at))
                            }
                            other => other,
                        };
                        fates.push(fate);
                        if let Ok(status) = fate {
                            new.push(response(*attempt, *lease_no, locked, status, *at, entry));
                        }
                    }
                }
                Command::EnterSection { attempt, lease_no, section, at } => {
                    if admit(&locked.gate, *lease_no, *at) == Ok(EntryStatus::Taken) {
                        sections.enter(*attempt, locked, *section, *at);
                    }
                }
                Command::Open { .. }
                | Command::Start { .. }
                | Command::Seen { .. }
                | Command::ReportStalls { .. }
                | Command::Submit { .. } => {}
            }
        }
        (new, fates)
    }

    /// Writes which sections were entered, as acts of the leases that write.
    async fn enter(&mut self, tx: &mut Tx, sections: Sections) -> db::Result<()> {
        for ((attempt, section), entry) in sections.write(tx).await? {
            let lease_no = self.locked.get(&attempt).map_or(0, |locked| locked.gate.lease_no);
            self.note(attempt, lease_no, act::entered_section(section), "entered_section", entry.entered_at);
        }
        Ok(())
    }

    fn open(&mut self, attempt: AttemptId, asks: Asks) -> db::Result<Option<Outcome>> {
        let Some(opened) = self.acts.open(attempt, asks)? else { return Ok(None) };
        Ok(Some(Outcome::Opened(opened.map(|(loaded, is_new)| {
            if is_new {
                self.note(attempt, loaded.attempt.lease_no, act::OPENED, "opened", asks.now);
            }
            Box::new(loaded)
        }))))
    }

    fn start(&mut self, attempt: AttemptId, lease_no: i64, at: Instant) -> db::Result<Option<Outcome>> {
        let Some(started) = self.acts.start(attempt, lease_no, at)? else { return Ok(None) };
        Ok(Some(Outcome::Started(started.map(|(started, is_new)| {
            if is_new {
                self.note(attempt, lease_no, act::STARTED, "started", at);
            }
            Box::new(started)
        }))))
    }

    fn submit(&mut self, attempt: AttemptId, lease_no: i64, at: Instant) -> db::Result<Option<Outcome>> {
        let Some((loaded, did)) = self.acts.submit(attempt, lease_no, at)? else { return Ok(None) };
        let held = did.then(|| self.note(attempt, lease_no, act::SUBMITTED, act::SUBMITTED_KIND, at));
        Ok(Some(Outcome::Submitted(Box::new(loaded), held)))
    }

    /// Notes one of the server's own acts for the journal.
    fn note(&mut self, attempt: AttemptId, lease_no: i64, seq: i64, kind: &'static str, at: Instant) -> Held {
        let attempt_id = attempt.uuid();
        let payload_hash = payload_hash(&[]);
        let entry = Entry { attempt: attempt_id, lease_no, seq, kind, question: None, payload_hash };
        let mut nonce = [0; 16];
        self.chain.random.fill(&mut nonce);
        let new = NewEntry {
            attempt,
            lease_no,
            seq,
            partition_day: self.locked.get(&attempt).map_or(0, |locked| locked.partition_day),
            kind,
            question: None,
            status: EntryStatus::Taken,
            taken_at: at,
            payload: None,
            entry_hash: entry.hash(),
            nonce: Bytes(nonce),
        };
        let held = held(&new, (self.chain.id, self.batch_no));
        self.noted.push(new);
        held
    }
}

/// An entry as the batch `batch` holds it.
fn held(entry: &NewEntry, batch: BatchKey) -> Held {
    let NewEntry { status, taken_at, entry_hash, nonce, .. } = *entry;
    Held { status, taken_at, entry_hash, nonce, batch }
}

/// A response on its way into the journal.
fn response(
    attempt: AttemptId,
    lease_no: i64,
    locked: &Locked,
    status: EntryStatus,
    at: Instant,
    entry: &EntryToSave,
) -> NewEntry {
    NewEntry {
        attempt,
        lease_no,
        seq: entry.seq,
        partition_day: locked.partition_day,
        kind: "response",
        question: Some(entry.question),
        status,
        taken_at: at,
        payload: Some(entry.payload.clone()),
        entry_hash: entry.entry_hash,
        nonce: entry.nonce,
    }
}

/// Whether this is a save from before the end of an attempt whose end was written already.
fn comes_after_an_end(queued: &Queued, locked: &HashMap<AttemptId, Locked>) -> bool {
    let Command::Save { attempt, at, .. } = &queued.command else { return false };
    locked.get(attempt).is_some_and(|locked| locked.gate.has_ended() && locked.gate.takes(*at))
}

/// Attempts whose end was written before these entries, which count: their answers are to be materialised and marked
/// anew. Marks by people on answers that these replace fall away: they were about other answers.
async fn mark_anew(
    tx: &mut Tx,
    papers: &PaperCache,
    locked: &mut HashMap<AttemptId, Locked>,
    entries: &[NewEntry],
    new: &HashSet<EntryKey>,
) -> db::Result<()> {
    let ended: BTreeSet<AttemptId> = entries
        .iter()
        .filter(|entry| entry.status == EntryStatus::Taken)
        .filter(|entry| new.contains(&entry.key()))
        .map(|entry| entry.attempt)
        .filter(|attempt| locked.get(attempt).is_some_and(|locked| locked.gate.has_ended()))
        .collect();
    for attempt in ended {
        let Some(paper) = locked.get(&attempt).map(|locked| locked.paper_id) else { continue };
        let is_new = |(lease_no, seq)| new.contains(&(attempt, lease_no, seq));
        let replaced: BTreeSet<QuestionVersionId> = match Walk::of(papers, tx, attempt, paper).await? {
            // Where there is no way back, an entry decides over others too, and over how many are passed over.
            Some(walk) => walk.changed_by(is_new),
            None => {
                let mut current = journal::current(tx, attempt).await?;
                current.retain(|answer| is_new((answer.lease_no, answer.seq)));
                if current.is_empty() {
                    continue;
                }
                current.into_iter().map(|answer| answer.question_id).collect()
            }
        };
        for question in replaced {
            results::forget_mark(tx, attempt, question).await?;
        }
        attempts::set_unmarked(tx, attempt).await?;
        if let Some(locked) = locked.get_mut(&attempt) {
            locked.version += 1;
        }
    }
    Ok(())
}

/// A save of the batch.
struct Save<'a> {
    attempt: AttemptId,
    lease_no: i64,
    at: Instant,
    entries: &'a [EntryToSave],
}

impl Save<'_> {
    /// What became of its entries: those that are `new` were taken into `batch` as decided; the others are in the
    /// journal already, which says what they are.
    async fn outcome(
        &self,
        tx: &mut Tx,
        locked: &HashMap<AttemptId, Locked>,
        new: &mut HashSet<EntryKey>,
        fates: Fates,
        batch: BatchKey,
    ) -> db::Result<Outcome> {
        let Some(row) = locked.get(&self.attempt) else { return Ok(Outcome::NoSuchAttempt) };
        let mut saved = Vec::with_capacity(self.entries.len());
        for (entry, fate) in self.entries.iter().zip(fates) {
            let &EntryToSave { seq, question, payload_hash, entry_hash, nonce, .. } = entry;
            let key = (self.attempt, self.lease_no, seq);
            let fate = match fate {
                Err(refused) => EntryFate::Refused(refused),
                Ok(status) if new.remove(&key) => {
                    EntryFate::Held(Held { status, taken_at: self.at, entry_hash, nonce, batch })
                }
                Ok(_) => match journal::find(tx, key).await? {
                    Some(held) if held.entry_hash == entry_hash => EntryFate::Held(held),
                    _ => EntryFate::Conflict,
                },
            };
            saved.push(SavedEntry { seq, question, payload_hash, fate });
        }
        let status = AttemptStatus {
            state: row.gate.state,
            closed: row.gate.is_closed(self.at),
            deadline: row.deadline,
            lease_no: row.gate.lease_no,
            version: row.version,
            server_time: self.at,
        };
        Ok(Outcome::Saved(Saved { status, entries: saved }))
    }
}
