//! What a candidate's acts cost the database: however many come at once, a batch of them takes the same few statements.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that can't go on must stop")]

mod kit;

use futures::future::join_all;
use kit::{Candidate, Hall};
use test_kit::{Statements, TestDatabase};

/// Candidates who act at once.
const CANDIDATES: usize = 40;

/// The batches that were written so far.
async fn batches(hall: &Hall) -> usize {
    let mut conn = hall.service.db.read().await.unwrap();
    let count: i64 = db::on!(&mut conn, c => {
        sqlx::query_scalar("SELECT COUNT(*) FROM exam.journal_batches").fetch_one(c).await.unwrap()
    });
    usize::try_from(count).unwrap()
}

/// What `act` of everybody at once takes: the statements of each batch, the same for all of them.
async fn of_a_batch<A>(
    statements: &Statements,
    hall: &Hall,
    candidates: &[Candidate],
    act: impl Fn(usize, Candidate) -> A,
) -> Vec<String>
where
    A: Future<Output = ()>,
{
    // Everything that is read once is read, and every statement is known.
    let (warming, acting) = candidates.split_at(candidates.len() / 2);
    join_all(warming.iter().enumerate().map(|(number, one)| act(number, one.clone()))).await;
    let before = batches(hall).await;
    statements.take();
    join_all(acting.iter().enumerate().map(|(number, one)| act(number, one.clone()))).await;
    let heard = statements.take();
    let batches = batches(hall).await - before;
    assert!(batches > 0 && batches < acting.len(), "{batches} batches for {} acts", acting.len());
    assert_eq!(heard.len() % batches, 0, "{batches} batches, {} statements: {heard:#?}", heard.len());
    let of_one = heard.len() / batches;
    let first = heard[..of_one].to_vec();
    for other in heard.chunks(of_one) {
        assert_eq!(other, first, "a batch that is larger takes other statements");
    }
    first
}

async fn acts_cost_a_batch_and_not_a_candidate(statements: &Statements, database: TestDatabase) {
    let hall = Hall::open(database).await;
    let mut candidates = Vec::new();
    for number in 0..CANDIDATES {
        let candidate = hall.seat().await;
        hall.open_on(&candidate, number as u128).await.expect(200);
        candidates.push(candidate);
    }
    let hall = &hall;

    let start = of_a_batch(statements, hall, &candidates, |_, candidate| async move {
        hall.start(&candidate, 1).await.expect(200);
    })
    .await;
    // The rows under their lock, the sitting and its pauses; the change, the facts, the journal, its batch.
    assert_eq!(start.len(), 7, "{start:#?}");
    let is_change = |one: &&String| one.starts_with("UPDATE ") && one.contains("exam.attempts");
    assert_eq!(start.iter().filter(is_change).count(), 1, "{start:#?}");

    let save = of_a_batch(statements, hall, &candidates, |number, candidate| async move {
        hall.choose(&candidate, 1, 1, number % 3, "a").await.expect(200);
    })
    .await;
    // The rows under their lock (docs/decisions/0002), the journal, its batch.
    assert_eq!(save.len(), 3, "{save:#?}");
    assert!(save[0].starts_with("SELECT id, state") || save[0].starts_with("WITH locked AS"), "{save:#?}");
    // Of a statement the first four words are heard.
    let is_journal =
        save[1].starts_with("INSERT INTO exam.journal ") || save[1].starts_with("INSERT OR FAIL INTO ");
    assert!(is_journal, "{save:#?}");
    assert!(save[2].starts_with("INSERT INTO exam.journal_batches"), "{save:#?}");

    let submit = of_a_batch(statements, hall, &candidates, |_, candidate| async move {
        hall.submit(&candidate, 1).await.expect(200);
    })
    .await;
    // The rows under their lock, the sitting; the change, the facts, the journal, its batch.
    assert_eq!(submit.len(), 6, "{submit:#?}");
}

#[test]
fn a_batch_takes_the_same_few_statements_however_large_it_is() {
    let statements = Statements::hear();
    test_kit::run(acts_cost_a_batch_and_not_a_candidate(&statements, TestDatabase::sqlite()));
    test_kit::run(async {
        if let Some(database) = TestDatabase::postgres().await {
            acts_cost_a_batch_and_not_a_candidate(&statements, database).await;
        }
    });
}
