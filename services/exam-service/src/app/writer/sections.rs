//! Sections that have a time limit of their own, as far as a batch meets them. Most papers have none, and then nothing
//! is read.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};

use authz::{AttemptId, SittingId};
use db::Tx;
use exam_api::PaperId;
use foundation::Instant;
use question_model::QuestionVersionId;

use crate::{
    app::papers::PaperCache,
    domain::{
        admission::EntryStatus,
        paper::Paper,
        time::{SectionEntry, TimeRules, section_ends},
    },
    store::{
        self,
        attempts::Locked,
        pauses::{SittingPauses, of_sittings},
        sections::{SectionKey, enter, entered},
    },
};

/// What of sections decides over the entries of a batch.
#[derive(Default)]
pub(super) struct Sections {
    papers: HashMap<PaperId, Arc<Paper>>,
    rules: HashMap<SittingId, TimeRules>,
    pauses: SittingPauses,
    entered: HashMap<SectionKey, SectionEntry>,
    /// Entered in this batch.
    new: Vec<(SectionKey, SectionEntry)>,
}

impl Sections {
    /// Reads what is known of the sections of `locked`.
    pub(super) async fn read(
        tx: &mut Tx,
        papers: &PaperCache,
        locked: &HashMap<AttemptId, Locked>,
    ) -> db::Result<Self> {
        let mut sections = Self::default();
        let mut limited = Vec::new();
        for (attempt, row) in locked {
            let paper = papers.paper(tx, row.paper_id).await?;
            if !paper.has_limits() {
                continue;
            }
            limited.push(*attempt);
            sections.papers.insert(row.paper_id, paper);
            if let Entry::Vacant(rules) = sections.rules.entry(row.sitting_id)
                && let Some(sitting) = store::sittings::find(tx, row.sitting_id).await?
            {
                rules.insert(sitting.times);
            }
        }
        let sittings: Vec<SittingId> = sections.rules.keys().copied().collect();
        sections.pauses = of_sittings(tx, &sittings).await?;
        sections.entered = entered(tx, &limited).await?;
        Ok(sections)
    }

    /// How an entry for `question`, which the attempt takes at `at`, is taken by the question's section. Who answers in
    /// a section has entered it, whether or not their device has said so.
    pub(super) fn take(
        &mut self,
        attempt: AttemptId,
        row: &Locked,
        question: QuestionVersionId,
        at: Instant,
    ) -> EntryStatus {
        let limit = self.papers.get(&row.paper_id).and_then(|paper| paper.limit_over(question));
        let Some(((section, limit), rules)) = limit.zip(self.rules.get(&row.sitting_id).copied()) else {
            return EntryStatus::Taken;
        };
        let entry = self.entry(attempt, row, section, at);
        let pauses = self.pauses.of(row.sitting_id, attempt);
        if at > section_ends(&rules, row.extra, &pauses, limit, entry).closes_at {
            EntryStatus::Late
        } else {
            EntryStatus::Taken
        }
    }

    /// Enters a section, if it has a limit of its own and wasn't entered before.
    pub(super) fn enter(&mut self, attempt: AttemptId, row: &Locked, section: u32, at: Instant) {
        let paper = self.papers.get(&row.paper_id);
        if paper.and_then(|paper| paper.section_limit(section)).flatten().is_some() {
            self.entry(attempt, row, section, at);
        }
    }

    fn entry(&mut self, attempt: AttemptId, row: &Locked, section: u32, at: Instant) -> SectionEntry {
        let (key, entry) = ((attempt, section), SectionEntry { entered_at: at, credit: row.extra.credit });
        match self.entered.entry(key) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(place) => {
                self.new.push((key, entry));
                *place.insert(entry)
            }
        }
    }

    /// Writes what was entered in this batch, and answers it.
    pub(super) async fn write(self, tx: &mut Tx) -> db::Result<Vec<(SectionKey, SectionEntry)>> {
        for (key, entry) in &self.new {
            enter(tx, *key, *entry).await?;
        }
        Ok(self.new)
    }
}
