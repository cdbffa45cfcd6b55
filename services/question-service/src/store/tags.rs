//! `question.question_tags`.

use db::{Conn, Result, Tx};
use question_api::{BankId, QuestionId};
use sqlx::QueryBuilder;

use super::ROWS_PER_STATEMENT_MAX;
use crate::domain::{limits::TAGS_LISTED_MAX, tag::tag_key};

/// The tags of a bank and how many questions have each, the most used first; archived questions left out.
pub async fn of_bank(conn: &mut Conn, bank: BankId) -> Result<Vec<(String, i64)>> {
    Ok(db::on!(conn, c => sqlx::query_as(
        "SELECT min(t.tag), count(*) AS questions
         FROM question.question_tags t
         JOIN question.questions q ON q.id = t.question_id
         WHERE t.bank_id = $1 AND q.archived_at IS NULL
         GROUP BY t.tag_key
         ORDER BY questions DESC, t.tag_key
         LIMIT $2",
    )
    .bind(bank)
    .bind(TAGS_LISTED_MAX)
    .fetch_all(c)
    .await)?)
}

/// A question's tags, for [`insert`].
#[derive(Clone, Debug)]
pub struct Tagged<'a> {
    /// The question.
    pub question: QuestionId,
    /// Its bank.
    pub bank: BankId,
    /// Its tags, without repetition.
    pub tags: &'a [String],
}

/// Adds the tags of questions that have none.
pub async fn insert(tx: &mut Tx, tagged: &[Tagged<'_>]) -> Result<()> {
    let rows: Vec<(QuestionId, BankId, &String)> =
        tagged.iter().flat_map(|one| one.tags.iter().map(|tag| (one.question, one.bank, tag))).collect();
    for rows in rows.chunks(ROWS_PER_STATEMENT_MAX) {
        db::on!(&mut **tx, c => {
            let mut query =
                QueryBuilder::new("INSERT INTO question.question_tags (question_id, tag_key, tag, bank_id) ");
            query.push_values(rows, |mut row, (question, bank, tag)| {
                row.push_bind(*question).push_bind(tag_key(tag)).push_bind(*tag).push_bind(*bank);
            });
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Takes all tags from a question.
pub async fn remove(tx: &mut Tx, question: QuestionId) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query("DELETE FROM question.question_tags WHERE question_id = $1")
        .bind(question)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
