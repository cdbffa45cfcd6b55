//! `question.media`: what is known about pictures. Their bytes lie in files.

use std::collections::{BTreeSet, HashSet};

use authz::AccountId;
use db::{Conn, Result, Tx};
use foundation::Instant;
use sqlx::QueryBuilder;

use super::ROWS_PER_STATEMENT_MAX;
use crate::domain::picture::{Picture, from_hex, hex};

/// Adds a picture; false when it is there already.
pub async fn insert(
    tx: &mut Tx,
    picture: &Picture,
    bytes: usize,
    by: Option<AccountId>,
    at: Instant,
) -> Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO question.media (sha256, media_type, bytes, width, height, uploaded_by, uploaded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT DO NOTHING",
    )
    .bind(picture.sha256.to_vec())
    .bind(picture.media_type)
    .bind(bytes as i64)
    .bind(i64::from(picture.width))
    .bind(i64::from(picture.height))
    .bind(by)
    .bind(at)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Which of these hashes, in hexadecimal, name no picture.
pub async fn missing(conn: &mut Conn, hashes: &BTreeSet<String>) -> Result<Vec<String>> {
    let keys: Vec<Vec<u8>> =
        hashes.iter().filter_map(|hash| from_hex(hash)).map(|key| key.to_vec()).collect();
    let mut there = HashSet::new();
    for keys in keys.chunks(ROWS_PER_STATEMENT_MAX) {
        let found: Vec<Vec<u8>> = db::on!(&mut *conn, c => {
            let mut query = QueryBuilder::new("SELECT sha256 FROM question.media WHERE sha256 IN (");
            let mut list = query.separated(", ");
            keys.iter().for_each(|key| { list.push_bind(key.clone()); });
            query.push(")");
            query.build_query_scalar().fetch_all(c).await
        })?;
        there.extend(found.iter().map(|key| hex(key)));
    }
    Ok(hashes.iter().filter(|hash| !there.contains(*hash)).cloned().collect())
}
