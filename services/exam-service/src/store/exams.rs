//! `exam.exams` and `exam.publications`.

use authz::{AccountId, UnitPath};
use db::{Conn, Error, Result, Tx};
use exam_api::{ExamDefinition, ExamId, PublicationId};
use foundation::{Instant, PageQuery};
use sqlx::{AssertSqlSafe, FromRow};

use super::{containing, json, to_json};

/// An exam's row.
#[derive(Clone, Debug)]
pub struct ExamRow {
    /// Its id.
    pub id: ExamId,
    /// Where it lies in the organisation.
    pub unit: UnitPath,
    /// Its title.
    pub title: String,
    /// The draft.
    pub definition: ExamDefinition,
    /// Counts every change, from 1.
    pub version: i64,
    /// Its newest publication.
    pub publication_id: Option<PublicationId>,
    /// When it was put away.
    pub archived_at: Option<Instant>,
    /// Who made it.
    pub created_by: Option<AccountId>,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

#[derive(FromRow)]
struct Raw {
    id: ExamId,
    unit_path: String,
    title: String,
    definition: String,
    version: i64,
    publication_id: Option<PublicationId>,
    archived_at: Option<Instant>,
    created_by: Option<AccountId>,
    created_at: Instant,
    updated_at: Instant,
}

impl Raw {
    fn read(self) -> Result<ExamRow> {
        Ok(ExamRow {
            unit: UnitPath::try_from(self.unit_path)
                .map_err(|error| Error::corrupt("exam.exams", "unit_path", self.id, error))?,
            definition: json("exam.exams", "definition", self.id, self.definition.as_bytes())?,
            id: self.id,
            title: self.title,
            version: self.version,
            publication_id: self.publication_id,
            archived_at: self.archived_at,
            created_by: self.created_by,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

/// The exam, if it is there.
pub async fn find(conn: &mut Conn, id: ExamId) -> Result<Option<ExamRow>> {
    let raw: Option<Raw> = db::on!(conn, c => sqlx::query_as(
        "SELECT id, unit_path, title, definition, version, publication_id, archived_at, created_by, created_at, updated_at
         FROM exam.exams
         WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(c)
    .await)?;
    raw.map(Raw::read).transpose()
}

/// Which exams a list shows.
#[derive(Clone, Debug, Default)]
pub struct ExamFilter {
    /// Those that were put away, instead of those in use.
    pub archived: bool,
    /// Those whose title holds this text, in any case.
    pub search: Option<String>,
}

/// Exams under any of `units`, newest first; one more than the page holds.
pub async fn list(
    conn: &mut Conn,
    units: &[UnitPath],
    filter: &ExamFilter,
    page: &PageQuery,
) -> Result<Vec<ExamRow>> {
    if units.is_empty() {
        return Ok(Vec::new());
    }
    let after = page.after.as_deref().and_then(|id| id.parse::<ExamId>().ok());
    let under = (0..units.len()).map(|n| format!("unit_path LIKE ${} || '%'", n + 4)).collect::<Vec<_>>();
    let sql = format!(
        "SELECT id, unit_path, title, definition, version, publication_id, archived_at, created_by, created_at, updated_at
         FROM exam.exams
         WHERE archived_at IS {}NULL
           AND id < $1
           AND LOWER(title) LIKE $3 ESCAPE '\\'
           AND ({})
         ORDER BY id DESC
         LIMIT $2",
        if filter.archived { "NOT " } else { "" },
        under.join(" OR ")
    );
    let raws: Vec<Raw> = db::on!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql))
            .bind(after.map_or(uuid::Uuid::max(), foundation::Id::uuid))
            .bind(page.limit() + 1)
            .bind(containing(filter.search.as_deref().unwrap_or("")));
        for unit in units {
            query = query.bind(unit.as_str().to_owned());
        }
        query.fetch_all(c).await
    })?;
    raws.into_iter().map(Raw::read).collect()
}

/// Adds an exam.
pub async fn insert(tx: &mut Tx, exam: &ExamRow) -> Result<()> {
    let definition = to_json(&exam.definition)?;
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO exam.exams (id, unit_path, title, definition, version, created_by, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(exam.id)
    .bind(exam.unit.as_str())
    .bind(&exam.title)
    .bind(definition)
    .bind(exam.version)
    .bind(exam.created_by)
    .bind(exam.created_at)
    .bind(exam.updated_at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Writes title and definition over version `exam.version`; false when somebody was faster.
pub async fn update(tx: &mut Tx, exam: &ExamRow) -> Result<bool> {
    let definition = to_json(&exam.definition)?;
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.exams
         SET title = $1, definition = $2, updated_at = $3, version = version + 1
         WHERE id = $4 AND version = $5 AND archived_at IS NULL",
    )
    .bind(&exam.title)
    .bind(definition)
    .bind(exam.updated_at)
    .bind(exam.id)
    .bind(exam.version)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Puts an exam away, or brings it back; false when it was so already.
pub async fn set_archived(tx: &mut Tx, id: ExamId, archived_at: Option<Instant>) -> Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.exams
         SET archived_at = $1, version = version + 1
         WHERE id = $2 AND (archived_at IS NULL) = (CAST($1 AS bigint) IS NOT NULL)",
    )
    .bind(archived_at)
    .bind(id)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// A publication's row: the rules that no later edit touches.
#[derive(Clone, Debug)]
pub struct PublicationRow {
    /// Its id.
    pub id: PublicationId,
    /// The exam.
    pub exam_id: ExamId,
    /// Counts the exam's publications, from 1.
    pub number: i64,
    /// The title as published.
    pub title: String,
    /// The definition as published.
    pub rules: ExamDefinition,
    /// When.
    pub published_at: Instant,
}

#[derive(FromRow)]
struct RawPublication {
    id: PublicationId,
    exam_id: ExamId,
    number: i64,
    title: String,
    rules: String,
    published_at: Instant,
}

impl RawPublication {
    fn read(self) -> Result<PublicationRow> {
        Ok(PublicationRow {
            rules: json("exam.publications", "rules", self.id, self.rules.as_bytes())?,
            id: self.id,
            exam_id: self.exam_id,
            number: self.number,
            title: self.title,
            published_at: self.published_at,
        })
    }
}

/// The publication, if it is there.
pub async fn publication(conn: &mut Conn, id: PublicationId) -> Result<Option<PublicationRow>> {
    let raw: Option<RawPublication> = db::on!(conn, c => sqlx::query_as(
        "SELECT id, exam_id, number, title, rules, published_at
         FROM exam.publications
         WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(c)
    .await)?;
    raw.map(RawPublication::read).transpose()
}

/// An exam's publications, newest first, `after` the number of the last one seen; one more than the page holds.
pub async fn publications(conn: &mut Conn, exam: ExamId, page: &PageQuery) -> Result<Vec<PublicationRow>> {
    let before = page.after.as_deref().and_then(|number| number.parse::<i64>().ok()).unwrap_or(i64::MAX);
    let raws: Vec<RawPublication> = db::on!(conn, c => sqlx::query_as(
        "SELECT id, exam_id, number, title, rules, published_at
         FROM exam.publications
         WHERE exam_id = $1 AND number < $2
         ORDER BY number DESC
         LIMIT $3",
    )
    .bind(exam)
    .bind(before)
    .bind(page.limit() + 1)
    .fetch_all(c)
    .await)?;
    raws.into_iter().map(RawPublication::read).collect()
}

/// Adds a publication and makes it its exam's newest; false when the exam isn't at `version` any more.
pub async fn publish(
    tx: &mut Tx,
    publication: &PublicationRow,
    published_by: Option<AccountId>,
    version: i64,
) -> Result<bool> {
    let rules = to_json(&publication.rules)?;
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO exam.publications (id, exam_id, number, title, rules, published_by, published_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(publication.id)
    .bind(publication.exam_id)
    .bind(publication.number)
    .bind(&publication.title)
    .bind(rules)
    .bind(published_by)
    .bind(publication.published_at)
    .execute(c)
    .await
    .map(|_| ()))?;
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.exams
         SET publication_id = $1, updated_at = $2, version = version + 1
         WHERE id = $3 AND version = $4 AND archived_at IS NULL",
    )
    .bind(publication.id)
    .bind(publication.published_at)
    .bind(publication.exam_id)
    .bind(version)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// The number that the exam's next publication gets.
pub async fn next_publication_number(tx: &mut Tx, exam: ExamId) -> Result<i64> {
    let number: i64 = db::on!(&mut **tx, c => sqlx::query_scalar(
        "SELECT count(*) + 1 FROM exam.publications WHERE exam_id = $1",
    )
    .bind(exam)
    .fetch_one(c)
    .await)?;
    Ok(number)
}
