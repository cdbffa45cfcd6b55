//! What counts of an attempt's entries. In most papers that is each question's last entry; where sections have no way
//! back, the order of all of them decides.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use authz::AttemptId;
use db::{Conn, Error, Result};
use exam_api::PaperId;
use question_model::QuestionVersionId;
use serde::Serialize;
use utoipa::ToSchema;

use super::papers::PaperCache;
use crate::{
    domain::{
        one_way::{OneWay, Place, Step},
        paper::Paper,
    },
    store::{
        self,
        attempts::AttemptRow,
        journal::{Current, Written},
    },
};

/// Whether an entry counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It is its question's current answer.
    Counts,
    /// It is its question's current answer because an officer admitted it.
    Admitted,
    /// It came after the attempt, or its section, had closed, and nobody has admitted it.
    Late,
    /// It answers a question that its candidate had left behind in a section without a way back, and nobody has
    /// admitted it.
    PassedOver,
}

/// An attempt whose paper has a section without a way back.
pub struct Walk {
    one_way: OneWay,
    /// Its entries that were taken or came late, in the order of writing.
    pub written: Vec<Written>,
}

impl Walk {
    /// The attempt's walk; none when its paper lets candidates go where they like, and then nothing is read.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn of(
        papers: &PaperCache,
        conn: &mut Conn,
        attempt: AttemptId,
        paper: PaperId,
    ) -> Result<Option<Self>> {
        let paper: Arc<Paper> = papers.paper(conn, paper).await?;
        if !paper.has_one_way() {
            return Ok(None);
        }
        let arrangement = store::attempts::arrangement(conn, attempt)
            .await?
            .ok_or_else(|| Error::corrupt("exam.attempts", "arrangement", attempt, "no such attempt"))?;
        let written = store::journal::written(conn, attempt).await?;
        Ok(Some(Self { one_way: OneWay::of(&paper, &arrangement), written }))
    }

    /// The walk of an attempt whose paper lets candidates go where they like.
    async fn free(conn: &mut Conn, attempt: AttemptId) -> Result<Self> {
        Ok(Self { one_way: OneWay::default(), written: store::journal::written(conn, attempt).await? })
    }

    /// The places of the entries that are passed over and that nobody has admitted.
    pub fn passed_over(&self) -> BTreeSet<Place> {
        self.one_way.passed_over(&self.steps(|_| true))
    }

    /// The answers of which an entry at one of `places` is the reason: those that would be others without them.
    pub fn changed_by(&self, is_new: impl Fn(Place) -> bool) -> BTreeSet<QuestionVersionId> {
        let after = self.one_way.answers(&self.steps(|_| true));
        let before = self.one_way.answers(&self.steps(|place| !is_new(place)));
        let questions = before.keys().chain(after.keys());
        questions.filter(|question| before.get(question) != after.get(question)).copied().collect()
    }

    /// The answers that count.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn current(&self, conn: &mut Conn, attempt: AttemptId) -> Result<Vec<Current>> {
        let places: Vec<Place> = self.one_way.answers(&self.steps(|_| true)).into_values().collect();
        store::journal::at(conn, attempt, &places).await
    }

    /// For each question the entry that counts, and the last one where that is another.
    fn standings(&self) -> BTreeMap<Place, Standing> {
        let answers = self.one_way.answers(&self.steps(|_| true));
        let mut last: BTreeMap<QuestionVersionId, &Written> = BTreeMap::new();
        for entry in &self.written {
            last.insert(entry.question_id, entry);
        }
        let admitted = |place: &Place| {
            self.written.iter().any(|entry| entry.place() == *place && entry.admitted_at.is_some())
        };
        let mut standings: BTreeMap<Place, Standing> = last
            .into_values()
            .map(|entry| {
                let counts_not = entry.late && entry.admitted_at.is_none();
                (entry.place(), if counts_not { Standing::Late } else { Standing::PassedOver })
            })
            .collect();
        standings.extend(
            answers
                .into_values()
                .map(|place| (place, if admitted(&place) { Standing::Admitted } else { Standing::Counts })),
        );
        standings
    }

    fn steps(&self, wanted: impl Fn(Place) -> bool) -> Vec<Step> {
        self.written
            .iter()
            .filter(|entry| !entry.late || entry.admitted_at.is_some())
            .filter(|entry| wanted(entry.place()))
            .map(|entry| Step {
                place: entry.place(),
                question: entry.question_id,
                admitted: entry.admitted_at.is_some(),
            })
            .collect()
    }
}

/// The current answers of each of these attempts, and how many of its entries are passed over.
///
/// # Errors
/// When the database can't be read.
pub async fn current_of(
    papers: &PaperCache,
    conn: &mut Conn,
    attempts: &[AttemptRow],
) -> Result<HashMap<AttemptId, (Vec<Current>, usize)>> {
    let (mut counted, mut free) = (HashMap::with_capacity(attempts.len()), Vec::new());
    for AttemptRow { id, paper_id, .. } in attempts {
        match Walk::of(papers, conn, *id, *paper_id).await? {
            Some(walk) => {
                counted.insert(*id, (walk.current(conn, *id).await?, walk.passed_over().len()));
            }
            None => free.push(*id),
        }
    }
    let free = store::journal::current_of(conn, &free).await?;
    counted.extend(free.into_iter().map(|(id, current)| (id, (current, 0))));
    Ok(counted)
}

/// What is held of each question: the entry that counts, and the last one where that is another.
///
/// # Errors
/// When the database can't be read.
pub async fn held(
    papers: &PaperCache,
    conn: &mut Conn,
    attempt: AttemptId,
    paper: PaperId,
) -> Result<Vec<(Current, Standing)>> {
    let walk = match Walk::of(papers, conn, attempt, paper).await? {
        Some(walk) => walk,
        None => Walk::free(conn, attempt).await?,
    };
    let standings = walk.standings();
    let places: Vec<Place> = standings.keys().copied().collect();
    let entries = store::journal::at(conn, attempt, &places).await?;
    Ok(entries
        .into_iter()
        .filter_map(|entry| {
            let standing = *standings.get(&(entry.lease_no, entry.seq))?;
            Some((entry, standing))
        })
        .collect())
}
