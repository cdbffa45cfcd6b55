//! The journal says where it isn't as it was signed, on either database.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on must stop"
)]

mod kit;

use db::{Db, DbConfig};
use exam_service::app::{
    anchor_journal::anchor_journal,
    receipts::keys::public_keys,
    verify_journal::{Break, Counted, Verdict, verify_journal},
    writer::Pace,
};
use foundation::Span;
use kit::{Candidate, Hall};
use receipts::{KeySet, SigningKey};
use test_kit::{TestDatabase, UnheardCommit};

/// A hall in which one candidate has answered three questions, each answer in a commit of its own.
async fn hall(database: TestDatabase) -> (Hall, Candidate) {
    let hall = Hall::open(database).await;
    let candidate = hall.seat_and_start().await;
    for (seq, question) in [(1, 0), (2, 1), (3, 2)] {
        hall.choose(&candidate, 1, seq, question, "a").await.expect(200);
    }
    (hall, candidate)
}

async fn verdict(db: &Db) -> Verdict {
    let keys = KeySet::of(public_keys(&mut db.read().await.unwrap()).await.unwrap()).unwrap();
    verify_journal(db, &keys).await.unwrap()
}

/// What somebody with the database in their hands does.
async fn tamper(hall: &Hall, sql: &'static str) {
    let mut tx = hall.service.db.begin().await.unwrap();
    let changed =
        db::on!(&mut *tx, c => sqlx::query(sql).execute(c).await.map(|done| done.rows_affected())).unwrap();
    assert_ne!(changed, 0, "nothing was changed by {sql}");
    tx.commit().await.unwrap();
}

async fn broken(hall: &Hall) -> Break {
    match verdict(&hall.service.db).await {
        Verdict::Broken(what) => what,
        Verdict::Whole(_) => panic!("nothing was noticed"),
    }
}

/// A hall whose database is reached by a way on which answers get lost.
async fn hall_behind_a_way() -> Option<(Hall, UnheardCommit)> {
    let mut database = TestDatabase::postgres().await?;
    let DbConfig::Postgres { url, .. } = &mut database.config else { panic!("PostgreSQL") };
    let way = UnheardCommit::before(url).await;
    url.clone_from(&way.url);
    Some((Hall::open(database).await, way))
}

/// PostgreSQL goes away, or another takes over, after a commit and before it has said so.
#[test]
fn a_commit_that_nobody_hears_of_holds_nothing_up() {
    test_kit::run(async {
        let Some((hall, way)) = hall_behind_a_way().await else { return };
        let candidate = hall.seat_and_start().await;
        hall.choose(&candidate, 1, 1, 0, "a").await.expect(200);

        way.lose_the_next();
        assert_eq!(hall.choose(&candidate, 1, 2, 1, "a").await.problem(503), "exam.save_unavailable");
        assert!(way.is_lost());
        // The device sends it again; it is there. So is what comes after it.
        let again = hall.choose(&candidate, 1, 2, 1, "a").await.expect(200);
        assert_eq!(again["receipts"][0]["status"], "taken");
        hall.choose(&candidate, 1, 3, 2, "a").await.expect(200);
        hall.choose(&candidate, 1, 4, 2, "b").await.expect(200);
        // Opened and started, and four answers; the third began another chain.
        let whole = Counted { chains: 2, batches: 6, entries: 6, erased: 0 };
        assert_eq!(verdict(&hall.service.db).await, Verdict::Whole(whole));
    });
}

/// PostgreSQL's machine loses its power after a commit: no connection is closed, and nothing comes any more.
#[test]
fn a_database_that_falls_silent_is_not_waited_for() {
    test_kit::run(async {
        let Some((hall, way)) = hall_behind_a_way().await else { return };
        let pace = Pace { batch_max: Span::from_seconds(2), ..Pace::default() };
        let hasty = hall.another_process_at(pace).await;
        let candidate = hall.seat_and_start().await;
        hasty.choose(&candidate, 1, 1, 0, "a").await.expect(200);

        way.fall_silent_at_the_next();
        assert_eq!(hasty.choose(&candidate, 1, 2, 1, "a").await.problem(503), "exam.save_unavailable");
        assert!(way.is_lost());
        let again = hasty.choose(&candidate, 1, 2, 1, "a").await.expect(200);
        assert_eq!(again["receipts"][0]["status"], "taken");
        hasty.choose(&candidate, 1, 3, 2, "a").await.expect(200);
        assert!(matches!(verdict(&hall.service.db).await, Verdict::Whole(Counted { entries: 5, .. })));
    });
}

/// Each batch may take its time to fail; who waits behind one doesn't wait for all of them.
#[test]
fn who_waits_behind_a_database_that_is_gone_is_told_so_with_the_others() {
    test_kit::run(async {
        let Some((hall, way)) = hall_behind_a_way().await else { return };
        let pace =
            Pace { batch_max: Span::from_seconds(4), behind_failure_max: Span::ZERO, ..Pace::default() };
        let hasty = hall.another_process_at(pace).await;
        let (first, second) = (hall.seat_and_start().await, hall.seat_and_start().await);

        way.fall_silent_at_the_next();
        let behind = async {
            way.until_lost().await;
            hasty.choose(&second, 1, 1, 0, "a").await
        };
        let (first_told, second_told) = tokio::join!(hasty.choose(&first, 1, 1, 0, "a"), behind);
        assert_eq!(first_told.problem(503), "exam.save_unavailable");
        assert_eq!(second_told.problem(503), "exam.save_unavailable");
        hasty.choose(&second, 1, 1, 0, "a").await.expect(200);
    });
}

test_kit::on_both_databases! {
    async fn an_untouched_journal_is_whole_over_several_processes_and_keys(database: TestDatabase) {
        let (hall, candidate) = hall(database).await;
        // Opened, started, and three answers; another process takes two more, one of them signed with the next key.
        let other = hall.another_process().await;
        other.choose(&candidate, 1, 4, 0, "b").await.expect(200);
        let service = &other.service;
        service.receipt_keys.rotate(&service.db, &*service.clock, &*service.random).await.unwrap();
        other.choose(&candidate, 1, 5, 1, "b").await.expect(200);
        assert_eq!(anchor_journal(service).await.unwrap(), 2);
        assert_eq!(anchor_journal(service).await.unwrap(), 0);
        let whole = Counted { chains: 2, batches: 7, entries: 7, erased: 0 };
        assert_eq!(verdict(&service.db).await, Verdict::Whole(whole));

        // An erased answer is said to be erased: its hash is whole.
        tamper(&hall, "UPDATE exam.journal SET payload = NULL WHERE seq = 2").await;
        assert_eq!(verdict(&service.db).await, Verdict::Whole(Counted { erased: 1, ..whole }));

        // Without the keys that signed, nothing is taken on trust.
        let strange = KeySet::of([SigningKey::from_secret(&[9; 32]).public()]).unwrap();
        assert!(matches!(verify_journal(&service.db, &strange).await.unwrap(), Verdict::Broken(Break::Signature(_))));
    }

    async fn a_journal_is_whole_while_answers_come_in(database: TestDatabase) {
        let (hall, candidate) = hall(database).await;
        let saving = async {
            for seq in 4..=120 {
                hall.choose(&candidate, 1, seq, 0, "b").await.expect(200);
            }
        };
        let walking = async {
            loop {
                let walked = verdict(&hall.service.db).await;
                assert!(matches!(walked, Verdict::Whole(_)), "{walked:?}");
            }
        };
        tokio::select! {
            () = saving => {}
            () = walking => {}
        }
    }

    async fn an_edited_answer_is_noticed(database: TestDatabase) {
        let (hall, candidate) = hall(database).await;
        tamper(&hall, "UPDATE exam.journal SET payload = (SELECT entry_hash FROM exam.journal WHERE seq = 1) WHERE seq = 2").await;
        assert!(matches!(broken(&hall).await, Break::Entry((attempt, 1, 2), (_, 4)) if attempt == candidate.attempt));
    }

    async fn an_answer_that_was_made_timely_is_noticed(database: TestDatabase) {
        let (hall, _) = hall(database).await;
        tamper(&hall, "UPDATE exam.journal SET taken_at = taken_at - 1 WHERE seq = 3").await;
        assert!(matches!(broken(&hall).await, Break::Entry((_, 1, 3), (_, 5))));
    }

    async fn a_deleted_entry_is_noticed(database: TestDatabase) {
        let (hall, _) = hall(database).await;
        tamper(&hall, "DELETE FROM exam.journal WHERE seq = 2").await;
        assert!(matches!(broken(&hall).await, Break::Missing((_, 4))));
    }

    async fn an_entry_that_was_put_there_is_noticed(database: TestDatabase) {
        let (hall, _) = hall(database).await;
        tamper(
            &hall,
            "INSERT INTO exam.journal (attempt_id, lease_no, seq, partition_day, kind, question_id, status, taken_at, payload,
                 entry_hash, nonce, chain_id, batch_no)
             SELECT attempt_id, lease_no, 9, partition_day, kind, question_id, status, taken_at, payload, entry_hash, nonce,
                    chain_id, batch_no
             FROM exam.journal WHERE seq = 3",
        )
        .await;
        assert!(matches!(broken(&hall).await, Break::Entry((_, 1, 9), _)));
    }

    async fn batches_in_another_order_are_noticed(database: TestDatabase) {
        let (hall, _) = hall(database).await;
        tamper(&hall, "UPDATE exam.journal_batches SET batch_no = 99 WHERE batch_no = 2").await;
        assert!(matches!(broken(&hall).await, Break::Order((_, 3))));
    }

    async fn a_batch_that_was_signed_otherwise_is_noticed(database: TestDatabase) {
        let (hall, _) = hall(database).await;
        tamper(&hall, "UPDATE exam.journal_batches SET taken_at = taken_at + 1 WHERE batch_no = 3").await;
        assert!(matches!(broken(&hall).await, Break::Signature((_, 3))));
    }

    async fn a_tail_that_was_cut_is_noticed_once_it_was_anchored(database: TestDatabase) {
        let (hall, _) = hall(database).await;
        anchor_journal(&hall.service).await.unwrap();
        tamper(&hall, "DELETE FROM exam.journal WHERE seq = 3").await;
        tamper(&hall, "DELETE FROM exam.journal_batches WHERE batch_no = 5").await;
        assert!(matches!(broken(&hall).await, Break::Cut((_, 5))));
    }
}
