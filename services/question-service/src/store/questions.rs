//! `question.questions`: where each question stands.

use authz::AccountId;
use db::{Conn, Error, Result, Tx};
use foundation::{Instant, Points};
use question_api::{BankId, CategoryId, QuestionId, StimulusId};
use question_model::{QuestionType, QuestionVersionId};
use sqlx::{AssertSqlSafe, FromRow, QueryBuilder};

use super::{ROWS_PER_STATEMENT_MAX, json, to_json};
use crate::domain::state::QuestionState;

/// A question's row: what lists show, and which versions are its newest.
#[derive(Clone, Debug)]
pub struct QuestionRow {
    /// Counts questions in the order they were made; 0 until it is stored.
    pub seq: i64,
    /// Its id.
    pub id: QuestionId,
    /// Its bank.
    pub bank_id: BankId,
    /// Its category; none when it lies in the bank itself.
    pub category_id: Option<CategoryId>,
    /// What its newest version shares with other questions.
    pub stimulus_id: Option<StimulusId>,
    /// Its place among them.
    pub stimulus_position: i64,
    /// The number or name that its source knows it by.
    pub idnumber: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// The newest version's type.
    pub question_type: QuestionType,
    /// Whether the newest version may be asked.
    pub state: QuestionState,
    /// The newest version's title.
    pub title: String,
    /// The beginning of its text.
    pub excerpt: String,
    /// The newest version's points.
    pub points: Points,
    /// The newest version's number.
    pub version: i64,
    /// The newest version.
    pub version_id: QuestionVersionId,
    /// The number of the newest version that may be asked.
    pub ready_version: Option<i64>,
    /// The newest version that may be asked.
    pub ready_version_id: Option<QuestionVersionId>,
    /// When it was put away.
    pub archived_at: Option<Instant>,
    /// Who made it.
    pub created_by: Option<AccountId>,
    /// When.
    pub created_at: Instant,
    /// Who saved its newest version.
    pub saved_by: Option<AccountId>,
    /// When.
    pub saved_at: Instant,
}

#[derive(FromRow)]
pub(super) struct Raw {
    seq: i64,
    id: QuestionId,
    bank_id: BankId,
    category_id: Option<CategoryId>,
    stimulus_id: Option<StimulusId>,
    stimulus_position: i64,
    idnumber: Option<String>,
    tags: String,
    question_type: String,
    state: String,
    title: String,
    excerpt: String,
    points: Points,
    version: i64,
    version_id: QuestionVersionId,
    ready_version: Option<i64>,
    ready_version_id: Option<QuestionVersionId>,
    archived_at: Option<Instant>,
    created_by: Option<AccountId>,
    created_at: Instant,
    saved_by: Option<AccountId>,
    saved_at: Instant,
}

impl Raw {
    pub(super) fn read(self) -> Result<QuestionRow> {
        let unknown = |column, name: &str| {
            Error::corrupt("question.questions", column, self.id, format!("unknown name {name:?}"))
        };
        Ok(QuestionRow {
            question_type: QuestionType::named(&self.question_type)
                .ok_or_else(|| unknown("question_type", &self.question_type))?,
            state: self.state.parse().map_err(|_| unknown("state", &self.state))?,
            tags: json("question.questions", "tags", self.id, self.tags.as_bytes())?,
            seq: self.seq,
            id: self.id,
            bank_id: self.bank_id,
            category_id: self.category_id,
            stimulus_id: self.stimulus_id,
            stimulus_position: self.stimulus_position,
            idnumber: self.idnumber,
            title: self.title,
            excerpt: self.excerpt,
            points: self.points,
            version: self.version,
            version_id: self.version_id,
            ready_version: self.ready_version,
            ready_version_id: self.ready_version_id,
            archived_at: self.archived_at,
            created_by: self.created_by,
            created_at: self.created_at,
            saved_by: self.saved_by,
            saved_at: self.saved_at,
        })
    }
}

/// The columns of a [`QuestionRow`], from `question.questions q`.
pub(super) const COLUMNS: &str = "q.seq, q.id, q.bank_id, q.category_id, q.stimulus_id, q.stimulus_position, q.idnumber, q.tags,
    q.question_type, q.state, q.title, q.excerpt, q.points, q.version, q.version_id, q.ready_version, q.ready_version_id,
    q.archived_at, q.created_by, q.created_at, q.saved_by, q.saved_at";

/// The question, if it is there.
pub async fn find(conn: &mut Conn, id: QuestionId) -> Result<Option<QuestionRow>> {
    let sql = format!("SELECT {COLUMNS} FROM question.questions q WHERE q.id = $1");
    let raw: Option<Raw> =
        db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_optional(c).await)?;
    raw.map(Raw::read).transpose()
}

/// These questions, in no order.
pub async fn by_ids(conn: &mut Conn, ids: &[QuestionId]) -> Result<Vec<QuestionRow>> {
    let mut rows = Vec::with_capacity(ids.len());
    for ids in ids.chunks(ROWS_PER_STATEMENT_MAX) {
        let raws: Vec<Raw> = db::on!(&mut *conn, c => {
            let mut query =
                QueryBuilder::new(format!("SELECT {COLUMNS} FROM question.questions q WHERE q.id IN ("));
            let mut list = query.separated(", ");
            ids.iter().for_each(|id| { list.push_bind(*id); });
            query.push(")");
            query.build_query_as().fetch_all(c).await
        })?;
        for raw in raws {
            rows.push(raw.read()?);
        }
    }
    Ok(rows)
}

/// Which of these numbers the bank knows already.
pub async fn known_idnumbers(conn: &mut Conn, bank: BankId, idnumbers: &[&str]) -> Result<Vec<String>> {
    let mut known = Vec::new();
    for idnumbers in idnumbers.chunks(ROWS_PER_STATEMENT_MAX) {
        let found: Vec<String> = db::on!(&mut *conn, c => {
            let mut query = QueryBuilder::new("SELECT idnumber FROM question.questions WHERE bank_id = ");
            query.push_bind(bank).push(" AND idnumber IN (");
            let mut list = query.separated(", ");
            idnumbers.iter().for_each(|idnumber| { list.push_bind(idnumber.to_string()); });
            query.push(")");
            query.build_query_scalar().fetch_all(c).await
        })?;
        known.extend(found);
    }
    Ok(known)
}

/// All questions of a bank, archived ones included.
pub async fn count(conn: &mut Conn, bank: BankId) -> Result<i64> {
    Ok(db::on!(conn, c => sqlx::query_scalar("SELECT count(*) FROM question.questions WHERE bank_id = $1")
        .bind(bank)
        .fetch_one(c)
        .await)?)
}

/// Adds questions, and writes each one's `seq` into its row.
pub async fn insert(tx: &mut Tx, rows: &mut [QuestionRow]) -> Result<()> {
    for rows in rows.chunks_mut(ROWS_PER_STATEMENT_MAX) {
        let tags: Vec<String> = rows.iter().map(|row| to_json(&row.tags)).collect::<Result<_>>()?;
        let seqs: Vec<(QuestionId, i64)> = db::on!(&mut **tx, c => {
            let mut query = QueryBuilder::new(
                "INSERT INTO question.questions (id, bank_id, category_id, stimulus_id, stimulus_position, idnumber, tags,
                     question_type, state, title, excerpt, points, version, version_id, ready_version, ready_version_id,
                     created_by, created_at, saved_by, saved_at) ",
            );
            query.push_values(rows.iter().zip(tags), |mut values, (row, tags)| {
                values
                    .push_bind(row.id)
                    .push_bind(row.bank_id)
                    .push_bind(row.category_id)
                    .push_bind(row.stimulus_id)
                    .push_bind(row.stimulus_position)
                    .push_bind(&row.idnumber)
                    .push_bind(tags)
                    .push_bind(row.question_type.as_str())
                    .push_bind(row.state.as_str())
                    .push_bind(&row.title)
                    .push_bind(&row.excerpt)
                    .push_bind(row.points)
                    .push_bind(row.version)
                    .push_bind(row.version_id)
                    .push_bind(row.ready_version)
                    .push_bind(row.ready_version_id)
                    .push_bind(row.created_by)
                    .push_bind(row.created_at)
                    .push_bind(row.saved_by)
                    .push_bind(row.saved_at);
            });
            query.push(" RETURNING id, seq");
            query.build_query_as().fetch_all(c).await
        })?;
        // The order in which RETURNING answers isn't promised.
        let seqs: std::collections::HashMap<QuestionId, i64> = seqs.into_iter().collect();
        for row in rows {
            row.seq = seqs.get(&row.id).copied().ok_or_else(|| {
                Error::corrupt("question.questions", "seq", row.id, "the row was added without one")
            })?;
        }
    }
    Ok(())
}

/// Writes everything that can change over version `before`; false when somebody was faster.
pub async fn update(tx: &mut Tx, row: &QuestionRow, before: i64) -> Result<bool> {
    let tags = to_json(&row.tags)?;
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "UPDATE question.questions
         SET category_id = $1, stimulus_id = $2, stimulus_position = $3, idnumber = $4, tags = $5, question_type = $6,
             state = $7, title = $8, excerpt = $9, points = $10, version = $11, version_id = $12, ready_version = $13,
             ready_version_id = $14, archived_at = $15, saved_by = $16, saved_at = $17
         WHERE id = $18 AND version = $19",
    )
    .bind(row.category_id)
    .bind(row.stimulus_id)
    .bind(row.stimulus_position)
    .bind(&row.idnumber)
    .bind(tags)
    .bind(row.question_type.as_str())
    .bind(row.state.as_str())
    .bind(&row.title)
    .bind(&row.excerpt)
    .bind(row.points)
    .bind(row.version)
    .bind(row.version_id)
    .bind(row.ready_version)
    .bind(row.ready_version_id)
    .bind(row.archived_at)
    .bind(row.saved_by)
    .bind(row.saved_at)
    .bind(row.id)
    .bind(before)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Deletes a draft's row; its versions, tags and words go first.
pub async fn delete(tx: &mut Tx, id: QuestionId) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query("DELETE FROM question.questions WHERE id = $1")
        .bind(id)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// The questions whose newest version shares a stimulus, in their order; archived ones left out.
pub async fn of_stimulus(conn: &mut Conn, stimulus: StimulusId) -> Result<Vec<QuestionRow>> {
    let sql = format!(
        "SELECT {COLUMNS}
         FROM question.questions q
         WHERE q.stimulus_id = $1 AND q.archived_at IS NULL
         ORDER BY q.stimulus_position, q.seq"
    );
    let raws: Vec<Raw> =
        db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(stimulus).fetch_all(c).await)?;
    raws.into_iter().map(Raw::read).collect()
}

/// Gives a question its place among those that share its stimulus.
pub async fn place(tx: &mut Tx, id: QuestionId, position: i64) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query("UPDATE question.questions SET stimulus_position = $1 WHERE id = $2")
        .bind(position)
        .bind(id)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// Questions that lie in a category itself (none: in the bank itself), archived ones left out, in the order they were
/// made, from behind `after`.
pub async fn in_category(
    conn: &mut Conn,
    bank: BankId,
    category: Option<CategoryId>,
    after: i64,
    limit: i64,
) -> Result<Vec<QuestionRow>> {
    let raws: Vec<Raw> = db::on!(conn, c => {
        let mut query = QueryBuilder::new(format!(
            "SELECT {COLUMNS} FROM question.questions q WHERE q.archived_at IS NULL AND q.bank_id = "
        ));
        query.push_bind(bank);
        match category {
            Some(category) => query.push(" AND q.category_id = ").push_bind(category),
            None => query.push(" AND q.category_id IS NULL"),
        };
        query.push(" AND q.seq > ").push_bind(after);
        query.push(" ORDER BY q.seq LIMIT ").push_bind(limit);
        query.build_query_as().fetch_all(c).await
    })?;
    raws.into_iter().map(Raw::read).collect()
}
