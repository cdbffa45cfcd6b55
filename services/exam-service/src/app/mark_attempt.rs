//! Marks attempts that are over, by the newest keys of their papers.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use authz::{AttemptId, SittingId};
use db::{Conn, Tx};
use exam_api::{AttemptMarked, PaperId, kinds};
use foundation::{Instant, Points, Problem};
use question_model::{QuestionVersionId, Response};

use crate::{
    ExamService,
    app::counting,
    domain::{
        attempt::MarkingState,
        paper::{Paper, PaperKeys},
        scoring::{score, total},
    },
    service::SCHEMA,
    store::{
        self,
        attempts::{AttemptRow, NewScore},
        journal::Current,
        results::MarkRow,
    },
};

/// Attempts marked in one round.
pub const ROUND_ATTEMPTS_MAX: i64 = 500;
/// Attempts marked in one transaction: not so many that saves would wait for it where one may write at a time.
pub const TRANSACTION_ATTEMPTS_MAX: usize = 50;

/// Marks what has ended and isn't marked; answers how many attempts were. One that can't be marked doesn't keep the
/// others waiting. While a crowd of candidates waits for the writer, a round ends after its first transaction.
///
/// # Errors
/// What kept the first of those that couldn't be marked; the others are.
pub async fn mark_due_attempts(service: &ExamService, now: Instant) -> Result<usize, Problem> {
    let mut conn = service.db.read().await?;
    let due = store::attempts::due_to_mark(&mut conn, ROUND_ATTEMPTS_MAX).await?;
    drop(conn);
    let mut waiting: Vec<&[AttemptRow]> = due.chunks(TRANSACTION_ATTEMPTS_MAX).rev().collect();
    let (mut marked, mut refused) = (0, None);
    while let Some(attempts) = waiting.pop() {
        match mark_attempts(service, attempts, now).await {
            Ok(()) => marked += attempts.len(),
            Err(problem) if problem.status == 503 => return Err(problem),
            Err(problem) if attempts.len() == 1 => {
                tracing::error!(%problem, attempt = ?attempts.first().map(|one| one.id), "attempt could not be marked");
                refused.get_or_insert(problem);
            }
            // One of them is at fault: it is looked for, and the others are marked.
            Err(_) => {
                let (first, second) = attempts.split_at(attempts.len() / 2);
                waiting.extend([second, first]);
                continue;
            }
        }
        if service.writer.is_crowded() {
            break;
        }
    }
    refused.map_or(Ok(marked), Err)
}

/// Materialises what counts of the attempts and marks them, all in one transaction. Marks by people are kept. When an
/// attempt has changed since it was read (more time, a mark by a person), it is left alone: the next round looks again.
///
/// # Errors
/// When the database can't be read or written, or one of them can't be marked; then nothing was changed.
pub async fn mark_attempts(
    service: &ExamService,
    attempts: &[AttemptRow],
    now: Instant,
) -> Result<(), Problem> {
    let mut conn = service.db.read().await?;
    let mut desk = Desk::read(service, &mut conn, attempts).await?;
    drop(conn);
    let mut marked = Vec::with_capacity(attempts.len());
    for attempt in attempts {
        marked.push(desk.mark(attempt, now)?);
    }

    let mut tx = service.db.begin().await?;
    let mut ids: Vec<AttemptId> = attempts.iter().map(|attempt| attempt.id).collect();
    ids.sort_unstable();
    let locked = store::attempts::lock(&mut tx, &ids, true).await?;
    marked.retain(|one| locked.get(&one.score.attempt).is_some_and(|row| row.version == one.version));
    write(service, &mut tx, marked, now).await?;
    tx.commit().await?;
    Ok(())
}

/// What came of marking an attempt.
struct MarkedAttempt {
    /// Its version when it was read.
    version: i64,
    sitting: SittingId,
    points_max: Points,
    score: NewScore,
    current: Vec<Current>,
    marks: Vec<MarkRow>,
    /// How many entries are passed over, where that is another number than before.
    passed_over: Option<i64>,
}

/// Everything that is needed to mark some attempts.
struct Desk {
    sheets: HashMap<PaperId, Sheet>,
    floors: HashMap<SittingId, bool>,
    current: HashMap<AttemptId, (Vec<Current>, usize)>,
    by_people: HashMap<AttemptId, BTreeMap<QuestionVersionId, MarkRow>>,
}

/// A paper with its newest keys.
struct Sheet {
    paper: Arc<Paper>,
    key_version: i64,
    keys: PaperKeys,
}

impl Desk {
    async fn read(service: &ExamService, conn: &mut Conn, attempts: &[AttemptRow]) -> Result<Self, Problem> {
        let (mut sheets, mut floors) = (HashMap::new(), HashMap::new());
        for AttemptRow { id, paper_id, sitting_id, .. } in attempts {
            if !floors.contains_key(sitting_id) {
                let sitting = store::sittings::find(conn, *sitting_id)
                    .await?
                    .ok_or_else(|| Problem::internal(format!("attempt {id} has no sitting")))?;
                let publication = service.papers.publication(conn, sitting.publication_id).await?;
                floors.insert(*sitting_id, publication.rules.floor_at_zero);
            }
            if !sheets.contains_key(paper_id) {
                let paper = service.papers.paper(conn, *paper_id).await?;
                let (key_version, keys) = store::papers::keys(conn, *paper_id)
                    .await?
                    .ok_or_else(|| Problem::internal(format!("paper {paper_id} has no keys")))?;
                sheets.insert(*paper_id, Sheet { paper, key_version, keys });
            }
        }
        let ids: Vec<AttemptId> = attempts.iter().map(|attempt| attempt.id).collect();
        let current = counting::current_of(&service.papers, conn, attempts).await?;
        let mut by_people: HashMap<AttemptId, BTreeMap<QuestionVersionId, MarkRow>> = HashMap::new();
        for mark in store::results::marks_by_people(conn, &ids).await? {
            by_people.entry(mark.attempt).or_default().insert(mark.question, mark);
        }
        Ok(Self { sheets, floors, current, by_people })
    }

    fn mark(&mut self, attempt: &AttemptRow, now: Instant) -> Result<MarkedAttempt, Problem> {
        let missing = || Problem::internal(format!("attempt {} was read in part", attempt.id));
        let Sheet { paper, key_version, keys } = self.sheets.get(&attempt.paper_id).ok_or_else(missing)?;
        let floor = *self.floors.get(&attempt.sitting_id).ok_or_else(missing)?;
        let (current, passed_over) = self.current.remove(&attempt.id).unwrap_or_default();
        let by_people = self.by_people.remove(&attempt.id).unwrap_or_default();
        let scored = score(paper, keys, &readable(&current), floor);
        let (sum, marking) = total(
            scored.marks.iter().map(|mark| match by_people.get(&mark.question) {
                Some(row) => (row.marked.points, row.marked.outcome),
                None => (mark.marked.points, mark.marked.outcome),
            }),
            floor,
        );
        let marks = scored
            .marks
            .into_iter()
            .map(|mark| MarkRow {
                attempt: attempt.id,
                question: mark.question,
                marked: mark.marked,
                key_version: *key_version,
                marker: None,
                comment: String::new(),
                marked_at: now,
            })
            .collect();
        let passed_over = i64::try_from(passed_over).unwrap_or(i64::MAX);
        Ok(MarkedAttempt {
            version: attempt.version,
            sitting: attempt.sitting_id,
            points_max: paper.points_max(),
            score: NewScore { attempt: attempt.id, marking, score: sum },
            current,
            marks,
            passed_over: (passed_over != attempt.passed_over).then_some(passed_over),
        })
    }
}

async fn write(
    service: &ExamService,
    tx: &mut Tx,
    marked: Vec<MarkedAttempt>,
    now: Instant,
) -> Result<(), Problem> {
    let (mut responses, mut marks, mut names) = (Vec::new(), Vec::new(), Vec::new());
    let (mut scores, mut facts) = (Vec::new(), Vec::new());
    for one in marked {
        let NewScore { attempt, .. } = one.score;
        let mut name = [0; 16];
        service.random.fill(&mut name);
        names.push((attempt, name));
        if let Some(passed_over) = one.passed_over {
            store::attempts::set_passed_over(tx, attempt, passed_over).await?;
        }
        facts.push((
            kinds::ATTEMPT_MARKED,
            events::payload(kinds::ATTEMPT_MARKED, &fact(one.score, one.sitting, one.points_max))?,
        ));
        scores.push(one.score);
        responses.push((attempt, one.current));
        marks.extend(one.marks);
    }
    store::results::set_responses(tx, &responses).await?;
    store::results::set_marks(tx, &marks).await?;
    store::marking::name(tx, &names).await?;
    store::attempts::set_scores(tx, &scores, now).await?;
    events::record_all(tx, SCHEMA, &*service.clock, &*service.random, &facts).await?;
    Ok(())
}

/// Writes an attempt's score, and tells of it.
pub(crate) async fn set_score(
    service: &ExamService,
    tx: &mut Tx,
    attempt: &AttemptRow,
    (score, marking): (Points, MarkingState),
    points_max: Points,
    now: Instant,
) -> Result<(), Problem> {
    let score = NewScore { attempt: attempt.id, marking, score };
    store::attempts::set_scores(tx, &[score], now).await?;
    let fact = fact(score, attempt.sitting_id, points_max);
    events::record(tx, SCHEMA, &*service.clock, &*service.random, kinds::ATTEMPT_MARKED, &fact).await?;
    Ok(())
}

fn fact(score: NewScore, sitting_id: SittingId, points_max: Points) -> AttemptMarked {
    AttemptMarked {
        attempt_id: score.attempt,
        sitting_id,
        score: score.score,
        points_max,
        complete: score.marking == MarkingState::Marked,
    }
}

/// The responses that can be read as such; an erased one counts as none given.
fn readable(current: &[Current]) -> BTreeMap<QuestionVersionId, Response> {
    current
        .iter()
        .filter_map(|entry| {
            let response = serde_json::from_slice(entry.payload.as_deref()?).ok()?;
            Some((entry.question_id, response))
        })
        .collect()
}
