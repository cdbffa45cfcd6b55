//! What was taken in before the end is the submission, whether the closing job runs early, late or never.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that can't go on must stop")]

mod kit;

use std::sync::Arc;

use authz::{Grant, Role, UnitPath};
use exam_service::{
    app::{
        close_attempt::close_due_attempts,
        mark_attempt::{TRANSACTION_ATTEMPTS_MAX, mark_attempts, mark_due_attempts},
        receipts::{keys::public_keys, response_hash},
        verify_journal::{Verdict, verify_journal},
        writer::{CROWD_COMMANDS, Chain, Command, EntryFate, EntryToSave, Outcome, Pace, Writer},
    },
    domain::{
        admission::EntryStatus,
        attempt::{AttemptState, MarkingState},
        delivery::NotStarted,
    },
    store,
};
use foundation::{Clock as _, Id, Instant, Points, Problem, Random, Span, SystemRandom};
use futures::future::join_all;
use kit::{Candidate, Hall};
use receipts::{Bytes, KeySet, payload_hash};
use serde_json::{Value, json};
use test_kit::{Stage, TestDatabase};
use tokio::task::JoinHandle;

const SECOND: Span = Span::from_seconds(1);

/// The closing job and the marking job at `now`; answers how many attempts each had to do with.
async fn jobs(hall: &Hall, now: Instant) -> (usize, usize) {
    let closed = close_due_attempts(&hall.service, now).await.unwrap();
    (closed, mark_due_attempts(&hall.service, now).await.unwrap())
}

fn status(saved: &Value) -> &str {
    saved["receipts"][0]["status"].as_str().unwrap()
}

/// A save as its handler, which began at `at`, hands it to the writer.
fn save(hall: &Hall, candidate: &Candidate, seq: i64, choice: &str, at: Instant) -> Command {
    let question = hall.questions[0];
    let payload = format!(r#"{{"type":"single_choice","choice":"{choice}"}}"#).into_bytes();
    let payload_hash = payload_hash(&payload);
    let entry_hash = response_hash(candidate.attempt, 1, seq, question, payload_hash);
    let entries =
        vec![EntryToSave { seq, question, payload, payload_hash, entry_hash, nonce: Bytes([7; 16]) }];
    Command::Save { attempt: candidate.attempt, lease_no: 1, at, entries }
}

fn taken(outcome: &Outcome) -> bool {
    let Outcome::Saved(saved) = outcome else { return false };
    saved
        .entries
        .iter()
        .all(|entry| matches!(entry.fate, EntryFate::Held(held) if held.status == EntryStatus::Taken))
}

/// A writer of another process.
fn another_writer(hall: &Hall, random: Arc<dyn Random>, linger: Span) -> Writer {
    let (clock, _) = Stage::prepare();
    let chain = Chain::new(
        hall.service.db.clone(),
        Arc::clone(&hall.service.papers),
        hall.service.signals.clone(),
        (Arc::new(clock), random),
        (Arc::clone(&hall.service.receipt_keys), Arc::clone(&hall.service.batches)),
    );
    Writer::start(chain, Pace { linger, ..Pace::default() }).unwrap()
}

/// Chance that panics when it is asked for the nonce of an act.
struct NoNonce;

impl Random for NoNonce {
    fn fill(&self, bytes: &mut [u8]) {
        assert_ne!(bytes.len(), 16, "no nonce");
        SystemRandom.fill(bytes);
    }
}

/// So many saves that they are a crowd, which waits.
async fn crowd(hall: &Hall, candidate: &Candidate) -> JoinHandle<Vec<Result<Outcome, Problem>>> {
    let now = hall.clock().now();
    let crowd: Vec<Command> = (1..=CROWD_COMMANDS).map(|seq| save(hall, candidate, seq, "a", now)).collect();
    let writer = hall.service.writer.clone();
    let saving = tokio::spawn(async move { join_all(crowd.into_iter().map(|one| writer.run(one))).await });
    while !hall.service.writer.is_crowded() {
        tokio::task::yield_now().await;
    }
    saving
}

/// An invigilator stops the candidate's clock, or lets it run.
async fn pause(hall: &Hall, candidate: &Candidate, what: &str) {
    let officer = Id::new(hall.clock(), &SystemRandom);
    let grants = vec![Grant { role: Role::Officer, unit: UnitPath::institution() }];
    let path = format!("/api/v1/exams/sittings/{}/attempts/{}/{what}", hall.sitting.id, candidate.attempt);
    let body = if what == "pause" { json!({ "reason": "Fire alarm" }) } else { json!({}) };
    let token = hall.people().token(officer, grants);
    hall.stage.post(path, &body).token(&token).send().await.expect(200);
}

/// A hall hands in at once: nobody waits for the marks of those who were faster. On SQLite one at a time may write, so that
/// nothing can be marked while a test holds everybody up.
#[test]
fn marking_lets_a_crowd_of_candidates_go_first() {
    test_kit::run(async {
        let Some(database) = TestDatabase::postgres().await else { return };
        let hall = Hall::open(database).await;
        let late = hall.seat_and_start().await;
        let over = TRANSACTION_ATTEMPTS_MAX + 10;
        for _ in 0..over {
            let candidate = hall.seat_and_start().await;
            hall.submit(&candidate, 1).await.expect(200);
        }

        let mut held = hall.service.db.begin().await.unwrap();
        store::attempts::lock(&mut held, &[late.attempt], true).await.unwrap();
        let now = hall.clock().now();
        let saving = crowd(&hall, &late).await;
        assert_eq!(mark_due_attempts(&hall.service, now).await.unwrap(), TRANSACTION_ATTEMPTS_MAX);
        held.commit().await.unwrap();
        assert!(saving.await.unwrap().iter().all(|saved| taken(saved.as_ref().unwrap())));
        assert_eq!(mark_due_attempts(&hall.service, now).await.unwrap(), 10);
    });
}

/// Since saves are told of attempts alone that changed, what they are told is what is there once they have the lock.
#[test]
fn a_save_that_waits_for_a_change_is_judged_by_it() {
    test_kit::run(async {
        let Some(database) = TestDatabase::postgres().await else { return };
        let hall = Hall::open(database).await;
        let candidate = hall.seat_and_start().await;
        let saved = hall.choose(&candidate, 1, 1, 0, "a").await.expect(200);
        assert_eq!(status(&saved), "taken", "and the writer knows the attempt");

        let mut held = hall.service.db.begin().await.unwrap();
        store::attempts::lock(&mut held, &[candidate.attempt], true).await.unwrap();
        let (writer, waits) =
            (hall.service.writer.clone(), save(&hall, &candidate, 2, "a", hall.clock().now()));
        let saving = tokio::spawn(async move { writer.run(waits).await });
        let waiting = "SELECT COUNT(*) FROM pg_stat_activity
                       WHERE wait_event_type = 'Lock' AND datname = current_database()";
        let mut conn = hall.service.db.read().await.unwrap();
        while db::on!(&mut conn, c => sqlx::query_scalar::<_, i64>(waiting).fetch_one(c).await.unwrap()) == 0
        {
            tokio::task::yield_now().await;
        }
        store::attempts::pause(&mut held, candidate.attempt, hall.clock().now() - SECOND).await.unwrap();
        held.commit().await.unwrap();
        assert!(!taken(&saving.await.unwrap().unwrap()), "the clock stood by then");
    });
}

/// Devices that give up waiting are a crowd no longer once what they sent is written.
#[test]
fn a_crowd_that_hangs_up_is_soon_no_crowd_any_more() {
    test_kit::run(async {
        let Some(database) = TestDatabase::postgres().await else { return };
        let hall = Hall::open(database).await;
        let candidate = hall.seat_and_start().await;
        let mut held = hall.service.db.begin().await.unwrap();
        store::attempts::lock(&mut held, &[candidate.attempt], true).await.unwrap();
        let saving = crowd(&hall, &candidate).await;
        saving.abort();
        assert!(saving.await.unwrap_err().is_cancelled());
        held.commit().await.unwrap();
        hall.service.writer.settle().await.unwrap();
        assert!(!hall.service.writer.is_crowded());
    });
}

test_kit::on_both_databases! {
    async fn an_entry_from_before_the_end_counts_though_the_end_was_written_first(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat_and_start().await;
        hall.choose(&candidate, 1, 1, 0, "b").await.expect(200);
        let closes_at = hall.row(&candidate).await.closes_at.unwrap();
        hall.clock().set(closes_at);
        assert_eq!(jobs(&hall, closes_at + SECOND).await, (1, 1));
        assert_eq!(hall.row(&candidate).await.score, Some(Points::ZERO));

        // Its handler began in time, and the jobs came between.
        let saved = hall.choose(&candidate, 1, 2, 0, "a").await.expect(200);
        assert_eq!(status(&saved), "taken");
        let row = hall.row(&candidate).await;
        assert_eq!((row.state, row.ended_at, row.marking), (AttemptState::Submitted, Some(closes_at), MarkingState::None));
        assert_eq!(saved["attempt"]["version"].as_i64(), Some(row.version));
        assert_eq!(jobs(&hall, closes_at + SECOND).await, (0, 1));
        let row = hall.row(&candidate).await;
        assert_eq!((row.marking, row.score), (MarkingState::Marked, Some(Points::ONE)));
        let mut conn = hall.service.db.read().await.unwrap();
        let counted = store::results::responses(&mut conn, candidate.attempt).await.unwrap();
        assert_eq!(counted.iter().map(|answer| answer.seq).collect::<Vec<_>>(), [2]);
        drop(conn);

        // The same entry again changes nothing, nor does an older one that another has replaced.
        assert_eq!(status(&hall.choose(&candidate, 1, 2, 0, "a").await.expect(200)), "taken");
        hall.clock().set(closes_at + Span::from_micros(1));
        assert_eq!(status(&hall.choose(&candidate, 1, 3, 0, "c").await.expect(200)), "late");
        assert_eq!(jobs(&hall, closes_at + SECOND).await, (0, 0));
        assert_eq!(hall.row(&candidate).await.score, Some(Points::ONE));
    }

    async fn a_start_from_before_the_end_of_entry_counts_though_the_absence_was_written_first(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat().await;
        let lease_no = hall.open_on(&candidate, 1).await.expect(200)["lease_no"].as_i64().unwrap();
        let closes_at = hall.sitting.times.entry_closes_at;
        hall.clock().set(closes_at + SECOND);
        assert_eq!(close_due_attempts(&hall.service, closes_at + SECOND).await.unwrap(), 1);
        assert_eq!(hall.row(&candidate).await.state, AttemptState::Absent);

        // Its handler began in time, and the job came between.
        let start = |at| Command::Start { attempt: candidate.attempt, lease_no, at };
        let late = hall.service.writer.run(start(closes_at + SECOND)).await.unwrap();
        assert!(matches!(late, Outcome::Started(Err(NotStarted::Over))));
        let started = hall.service.writer.run(start(closes_at)).await.unwrap();
        assert!(matches!(started, Outcome::Started(Ok(_))));
        let row = hall.row(&candidate).await;
        assert_eq!((row.state, row.started_at, row.ended_at), (AttemptState::InProgress, Some(closes_at), None));
        hall.choose(&candidate, lease_no, 1, 0, "a").await.expect(200);
    }

    async fn a_marking_that_an_entry_overtakes_is_done_again(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat_and_start().await;
        let closes_at = hall.row(&candidate).await.closes_at.unwrap();
        hall.clock().set(closes_at);
        close_due_attempts(&hall.service, closes_at + SECOND).await.unwrap();
        let read_before = hall.row(&candidate).await;
        hall.choose(&candidate, 1, 1, 0, "a").await.expect(200);
        mark_attempts(&hall.service, &[read_before], closes_at + SECOND).await.unwrap();
        assert_eq!(hall.row(&candidate).await.marking, MarkingState::None);
        assert_eq!(jobs(&hall, closes_at + SECOND).await, (0, 1));
        assert_eq!(hall.row(&candidate).await.score, Some(Points::ONE));
    }

    async fn after_ones_own_hand_in_every_entry_is_late(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat_and_start().await;
        hall.choose(&candidate, 1, 1, 0, "a").await.expect(200);
        hall.submit(&candidate, 1).await.expect(200);
        assert_eq!(status(&hall.choose(&candidate, 1, 2, 0, "b").await.expect(200)), "late");
        assert_eq!(jobs(&hall, hall.clock().now()).await, (0, 1));
        assert_eq!(status(&hall.choose(&candidate, 1, 3, 0, "c").await.expect(200)), "late");
        assert_eq!(jobs(&hall, hall.clock().now()).await, (0, 0));
        assert_eq!(hall.row(&candidate).await.score, Some(Points::ONE));
    }

    async fn failure_9_the_closing_job_lets_what_waits_in_the_queue_through_first(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat_and_start().await;
        let closes_at = hall.row(&candidate).await.closes_at.unwrap();
        let saves = (1..=20).map(|seq| hall.service.writer.run(save(&hall, &candidate, seq, "a", closes_at)));
        let (saved, done) = tokio::join!(join_all(saves), jobs(&hall, closes_at + SECOND));
        assert!(saved.iter().all(|outcome| taken(outcome.as_ref().unwrap())));
        // Marked once, with all of them.
        assert_eq!((done, jobs(&hall, closes_at + SECOND).await), ((1, 1), (0, 0)));
        assert_eq!(hall.row(&candidate).await.score, Some(Points::ONE));
    }

    async fn nothing_ends_by_a_clock_that_is_known_to_be_wrong(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat_and_start().await;
        let closes_at = hall.row(&candidate).await.closes_at.unwrap();
        let standing = &hall.service.settings.standing;
        standing.set("exam clock", Some("two minutes ahead of its replicas".to_owned()));
        assert_eq!(jobs(&hall, closes_at + SECOND * 100).await, (0, 0));
        assert_eq!(hall.row(&candidate).await.state, AttemptState::InProgress);
        standing.set("exam clock", None);
        assert_eq!(jobs(&hall, closes_at + SECOND).await, (1, 1));
    }

    async fn two_processes_take_in_what_came_before_the_end_and_never_wait_for_each_other(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let mut candidates = Vec::new();
        for _ in 0..4 {
            candidates.push(hall.seat_and_start().await);
        }
        let closes_at = hall.row(&candidates[0]).await.closes_at.unwrap();
        jobs(&hall, closes_at + SECOND).await;
        let other = another_writer(&hall, Arc::new(SystemRandom), Span::ZERO);
        for round in 0..10 {
            // Each writer gets the attempts in another order, and both get all of them.
            let mine = candidates.iter().map(|one| hall.service.writer.run(save(&hall, one, round * 2 + 1, "b", closes_at)));
            let theirs = candidates.iter().rev().map(|one| other.run(save(&hall, one, round * 2 + 2, "a", closes_at)));
            let (mine, theirs, _) = tokio::join!(join_all(mine), join_all(theirs), jobs(&hall, closes_at + SECOND));
            assert!(mine.iter().chain(&theirs).all(|outcome| taken(outcome.as_ref().unwrap())), "round {round}");
        }
        jobs(&hall, closes_at + SECOND).await;
        for candidate in &candidates {
            let row = hall.row(candidate).await;
            assert_eq!((row.marking, row.score), (MarkingState::Marked, Some(Points::ONE)));
        }
    }

    async fn a_command_that_panics_keeps_no_other_from_being_written(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidates = [hall.seat_and_start().await, hall.seat_and_start().await, hall.seat_and_start().await];
        let now = hall.clock().now();
        // They are in one batch, and the hand-in is what needs a nonce.
        let writer = another_writer(&hall, Arc::new(NoNonce), Span::from_seconds(1));
        let [first, second, third] = &candidates;
        let hand_in = Command::Submit { attempt: second.attempt, lease_no: 1, at: now };
        let (before, at_fault, after) = tokio::join!(
            writer.run(save(&hall, first, 1, "b", now)),
            writer.run(hand_in),
            writer.run(save(&hall, third, 1, "b", now)),
        );
        assert!(taken(&before.unwrap()) && taken(&after.unwrap()));
        assert_eq!(at_fault.unwrap_err().status, 500);
        assert_eq!(hall.row(second).await.state, AttemptState::InProgress);
        assert!(taken(&writer.run(save(&hall, second, 1, "b", now)).await.unwrap()));
        let db = &hall.service.db;
        let keys = KeySet::of(public_keys(&mut db.read().await.unwrap()).await.unwrap()).unwrap();
        assert!(matches!(verify_journal(db, &keys).await.unwrap(), Verdict::Whole(_)));
    }

    async fn a_pause_that_was_written_first_makes_nothing_late_that_was_on_its_way(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat_and_start().await;
        let paused_at = hall.clock().now() + Span::from_minutes(10);
        hall.clock().set(paused_at);
        pause(&hall, &candidate, "pause").await;
        let tick = Span::from_micros(1);
        let run = async |seq, choice, at| hall.service.writer.run(save(&hall, &candidate, seq, choice, at)).await.unwrap();
        assert!(taken(&run(1, "a", paused_at - tick).await));
        assert!(!taken(&run(2, "b", paused_at).await));
        // The jobs run for a day and find nothing to end.
        let resumed_at = paused_at + Span::from_minutes(24 * 60);
        assert_eq!(jobs(&hall, resumed_at).await, (0, 0));
        hall.clock().set(resumed_at);
        pause(&hall, &candidate, "resume").await;
        // What began during the pause is judged alike, whether it is written before or after its end.
        assert!(!taken(&run(3, "c", resumed_at - tick).await));
        let closes_at = hall.row(&candidate).await.closes_at.unwrap();
        assert_eq!(closes_at, resumed_at + Span::from_minutes(80) + Span::from_seconds(30));
        assert_eq!(jobs(&hall, closes_at).await, (0, 0));
        assert_eq!(jobs(&hall, closes_at + SECOND).await, (1, 1));
        assert_eq!(hall.row(&candidate).await.score, Some(Points::ONE));
        // Stopped for a day, the closing job would have changed nothing: the same entry counts.
        assert!(taken(&run(4, "a", closes_at).await));
        assert!(!taken(&run(5, "b", closes_at + tick).await));
    }
}
