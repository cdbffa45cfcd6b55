//! `question.question_versions`, `question.question_keys`, `question.frozen_versions`. Rows are added, never changed.

use authz::AccountId;
use db::{Conn, Error, Result, Tx};
use foundation::{Instant, PageQuery, Points};
use question_api::{QuestionId, StimulusId};
use question_model::{Key, Question, QuestionVersionId};
use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, FromRow, QueryBuilder};

use super::{ROWS_PER_STATEMENT_MAX, json};
use crate::domain::{draft::Content, state::QuestionState};

/// A version without its content.
#[derive(Clone, Debug)]
pub struct VersionHead {
    /// Its id.
    pub id: QuestionVersionId,
    /// Its question.
    pub question_id: QuestionId,
    /// Counts the question's versions, from 1.
    pub number: i64,
    /// Whether it may be asked.
    pub state: QuestionState,
    /// The question's title.
    pub title: String,
    /// What a right response is worth.
    pub points: Points,
    /// What it shares with other questions.
    pub stimulus_id: Option<StimulusId>,
    /// What its author noted.
    pub note: String,
    /// Who saved it.
    pub saved_by: Option<AccountId>,
    /// When.
    pub saved_at: Instant,
    /// Whether it stands in a paper.
    pub frozen: bool,
}

/// A version with what it asks and what is right.
#[derive(Clone, Debug)]
pub struct VersionRow {
    /// All but the content.
    pub head: VersionHead,
    /// What is asked.
    pub question: Question,
    /// What is right.
    pub key: Key,
    /// Hash of the question's bytes.
    pub question_hash: Vec<u8>,
    /// Hash of the key's bytes.
    pub key_hash: Vec<u8>,
}

/// A version to add.
#[derive(Clone, Debug)]
pub struct NewVersion {
    /// All but the content.
    pub head: VersionHead,
    /// Its type, as `QuestionType::as_str`.
    pub question_type: &'static str,
    /// What is asked.
    pub question: Content,
    /// What is right.
    pub key: Content,
}

#[derive(FromRow)]
struct RawHead {
    id: QuestionVersionId,
    question_id: QuestionId,
    number: i64,
    state: String,
    title: String,
    points: Points,
    stimulus_id: Option<StimulusId>,
    note: String,
    saved_by: Option<AccountId>,
    saved_at: Instant,
    frozen: bool,
}

impl RawHead {
    fn read(self) -> Result<VersionHead> {
        let state = self.state.parse().map_err(|_| {
            Error::corrupt(
                "question.question_versions",
                "state",
                self.id,
                format!("unknown name {:?}", self.state),
            )
        })?;
        Ok(VersionHead {
            id: self.id,
            question_id: self.question_id,
            number: self.number,
            state,
            title: self.title,
            points: self.points,
            stimulus_id: self.stimulus_id,
            note: self.note,
            saved_by: self.saved_by,
            saved_at: self.saved_at,
            frozen: self.frozen,
        })
    }
}

#[derive(FromRow)]
struct Raw {
    #[sqlx(flatten)]
    head: RawHead,
    content: Vec<u8>,
    content_hash: Vec<u8>,
    key_content: Vec<u8>,
    key_hash: Vec<u8>,
}

impl Raw {
    fn read(self) -> Result<VersionRow> {
        let head = self.head.read()?;
        let checked = |table, bytes: &[u8], hash: &[u8]| {
            if Sha256::digest(bytes).as_slice() == hash {
                Ok(())
            } else {
                Err(Error::corrupt(table, "content", head.id, "the content doesn't have its hash"))
            }
        };
        checked("question.question_versions", &self.content, &self.content_hash)?;
        checked("question.question_keys", &self.key_content, &self.key_hash)?;
        Ok(VersionRow {
            question: json("question.question_versions", "content", head.id, &self.content)?,
            key: json("question.question_keys", "content", head.id, &self.key_content)?,
            question_hash: self.content_hash,
            key_hash: self.key_hash,
            head,
        })
    }
}

const HEAD: &str = "v.id, v.question_id, v.number, v.state, v.title, v.points, v.stimulus_id, v.note, v.saved_by, v.saved_at,
    f.version_id IS NOT NULL AS frozen";
const WHOLE: &str = "v.content, v.content_hash, k.content AS key_content, k.content_hash AS key_hash
    FROM question.question_versions v
    JOIN question.question_keys k ON k.version_id = v.id
    LEFT JOIN question.frozen_versions f ON f.version_id = v.id";

/// A question's versions, newest first; one more than the page holds.
pub async fn list(conn: &mut Conn, question: QuestionId, page: &PageQuery) -> Result<Vec<VersionHead>> {
    let before = page.after.as_deref().and_then(|number| number.parse::<i64>().ok()).unwrap_or(i64::MAX);
    let sql = format!(
        "SELECT {HEAD}
         FROM question.question_versions v
         LEFT JOIN question.frozen_versions f ON f.version_id = v.id
         WHERE v.question_id = $1 AND v.number < $2
         ORDER BY v.number DESC
         LIMIT $3"
    );
    let raws: Vec<RawHead> = db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(question)
        .bind(before)
        .bind(page.limit() + 1)
        .fetch_all(c)
        .await)?;
    raws.into_iter().map(RawHead::read).collect()
}

/// One version of a question, if it is there.
pub async fn find(conn: &mut Conn, question: QuestionId, number: i64) -> Result<Option<VersionRow>> {
    let sql = format!("SELECT {HEAD}, {WHOLE} WHERE v.question_id = $1 AND v.number = $2");
    let raw: Option<Raw> = db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(question)
        .bind(number)
        .fetch_optional(c)
        .await)?;
    raw.map(Raw::read).transpose()
}

/// These versions, in no order.
pub async fn by_ids(conn: &mut Conn, ids: &[QuestionVersionId]) -> Result<Vec<VersionRow>> {
    let mut versions = Vec::with_capacity(ids.len());
    for ids in ids.chunks(ROWS_PER_STATEMENT_MAX) {
        let raws: Vec<Raw> = db::on!(&mut *conn, c => {
            let mut query = QueryBuilder::new(format!("SELECT {HEAD}, {WHOLE} WHERE v.id IN ("));
            let mut list = query.separated(", ");
            ids.iter().for_each(|id| { list.push_bind(*id); });
            query.push(")");
            query.build_query_as().fetch_all(c).await
        })?;
        for raw in raws {
            versions.push(raw.read()?);
        }
    }
    Ok(versions)
}

/// Adds versions and their keys.
pub async fn insert(tx: &mut Tx, versions: &[NewVersion]) -> Result<()> {
    for versions in versions.chunks(ROWS_PER_STATEMENT_MAX) {
        db::on!(&mut **tx, c => {
            let mut query = QueryBuilder::new(
                "INSERT INTO question.question_versions (id, question_id, number, question_type, state, title, points,
                     stimulus_id, content, content_hash, note, saved_by, saved_at) ",
            );
            query.push_values(versions, |mut row, version| {
                let head = &version.head;
                row.push_bind(head.id)
                    .push_bind(head.question_id)
                    .push_bind(head.number)
                    .push_bind(version.question_type)
                    .push_bind(head.state.as_str())
                    .push_bind(&head.title)
                    .push_bind(head.points)
                    .push_bind(head.stimulus_id)
                    .push_bind(&version.question.bytes)
                    .push_bind(version.question.hash.to_vec())
                    .push_bind(&head.note)
                    .push_bind(head.saved_by)
                    .push_bind(head.saved_at);
            });
            query.build().execute(c).await.map(|_| ())
        })?;
        db::on!(&mut **tx, c => {
            let mut query =
                QueryBuilder::new("INSERT INTO question.question_keys (version_id, content, content_hash) ");
            query.push_values(versions, |mut row, version| {
                row.push_bind(version.head.id)
                    .push_bind(&version.key.bytes)
                    .push_bind(version.key.hash.to_vec());
            });
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Remembers that versions stand in a paper.
pub async fn freeze(
    tx: &mut Tx,
    ids: &[QuestionVersionId],
    by: Option<AccountId>,
    at: Instant,
) -> Result<()> {
    for ids in ids.chunks(ROWS_PER_STATEMENT_MAX) {
        db::on!(&mut **tx, c => {
            let mut query =
                QueryBuilder::new("INSERT INTO question.frozen_versions (version_id, frozen_by, frozen_at) ");
            query.push_values(ids, |mut row, id| {
                row.push_bind(*id).push_bind(by).push_bind(at);
            });
            query.push(" ON CONFLICT DO NOTHING");
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Whether any version of the question ever was ready, or stands in a paper.
pub async fn ever_ready(conn: &mut Conn, question: QuestionId) -> Result<bool> {
    let found: Option<i64> = db::on!(conn, c => sqlx::query_scalar(
        "SELECT CAST(1 AS bigint)
         FROM question.question_versions v
         LEFT JOIN question.frozen_versions f ON f.version_id = v.id
         WHERE v.question_id = $1 AND (v.state = 'ready' OR f.version_id IS NOT NULL)
         LIMIT 1",
    )
    .bind(question)
    .fetch_optional(c)
    .await)?;
    Ok(found.is_some())
}

/// Deletes all versions of a draft.
pub async fn delete(tx: &mut Tx, question: QuestionId) -> Result<()> {
    for sql in [
        "DELETE FROM question.question_keys
         WHERE version_id IN (SELECT id FROM question.question_versions WHERE question_id = $1)",
        "DELETE FROM question.question_versions WHERE question_id = $1",
    ] {
        db::on!(&mut **tx, c => sqlx::query(sql).bind(question).execute(c).await.map(|_| ()))?;
    }
    Ok(())
}
