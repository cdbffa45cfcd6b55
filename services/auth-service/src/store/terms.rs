//! Terms: when courses and classes run.

use db::{Conn, Tx};
use foundation::Instant;
use sqlx::FromRow;

use crate::domain::unit::{Day, Term, TermId};

/// Terms that are shown, at most: more than a century of them.
const TERMS_MAX: i64 = 500;

#[derive(FromRow)]
struct Row {
    id: TermId,
    name: String,
    starts_on: String,
    ends_on: String,
}

impl TryFrom<Row> for Term {
    type Error = db::Error;
    fn try_from(row: Row) -> db::Result<Self> {
        let day = |column, text: String| {
            Day::try_from(text).map_err(|why| db::Error::corrupt("auth.terms", column, row.id, why))
        };
        Ok(Self {
            id: row.id,
            name: row.name,
            starts_on: day("starts_on", row.starts_on)?,
            ends_on: day("ends_on", row.ends_on)?,
        })
    }
}

/// Every term, latest first.
pub async fn list(conn: &mut Conn) -> db::Result<Vec<Term>> {
    let rows: Vec<Row> = db::on!(conn, c => sqlx::query_as(
        "SELECT id, name, starts_on, ends_on
         FROM auth.terms
         ORDER BY starts_on DESC, id DESC
         LIMIT $1"
    )
    .bind(TERMS_MAX)
    .fetch_all(c)
    .await)?;
    rows.into_iter().map(Term::try_from).collect()
}

/// The term of this id.
pub async fn find(conn: &mut Conn, id: TermId) -> db::Result<Option<Term>> {
    let row: Option<Row> = db::on!(conn, c => sqlx::query_as(
        "SELECT id, name, starts_on, ends_on
         FROM auth.terms
         WHERE id = $1"
    )
    .bind(id)
    .fetch_optional(c)
    .await)?;
    row.map(Term::try_from).transpose()
}

/// Adds a term.
///
/// # Errors
/// [`db::Error::Exists`] when one has this name.
pub async fn insert(tx: &mut Tx, term: &Term, now: Instant) -> db::Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO auth.terms (id, name, starts_on, ends_on, created_at)
         VALUES ($1, $2, $3, $4, $5)"
    )
    .bind(term.id)
    .bind(&term.name)
    .bind(term.starts_on.to_string())
    .bind(term.ends_on.to_string())
    .bind(now)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Writes a term's name and days.
///
/// # Errors
/// [`db::Error::Exists`] when another has this name.
pub async fn update(tx: &mut Tx, term: &Term) -> db::Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE auth.terms SET name = $2, starts_on = $3, ends_on = $4 WHERE id = $1"
    )
    .bind(term.id)
    .bind(&term.name)
    .bind(term.starts_on.to_string())
    .bind(term.ends_on.to_string())
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}
