//! `question.categories`.

use db::{Conn, Result, Tx};
use question_api::{BankId, CategoryId};
use sqlx::{FromRow, QueryBuilder};

use super::ROWS_PER_STATEMENT_MAX;
use crate::domain::category::CategoryNode;

#[derive(FromRow)]
struct Raw {
    id: CategoryId,
    bank_id: BankId,
    parent_id: Option<CategoryId>,
    name: String,
    path: String,
}

impl From<Raw> for CategoryNode {
    fn from(raw: Raw) -> Self {
        let Raw { id, bank_id, parent_id, name, path } = raw;
        Self { id, bank_id, parent_id, name, path }
    }
}

/// The category, if it is there.
pub async fn find(conn: &mut Conn, id: CategoryId) -> Result<Option<CategoryNode>> {
    let raw: Option<Raw> = db::on!(conn, c => sqlx::query_as(
        "SELECT id, bank_id, parent_id, name, path FROM question.categories WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(c)
    .await)?;
    Ok(raw.map(CategoryNode::from))
}

/// Keeps others from deleting the category until this transaction ends. Call it before [`find`].
pub async fn hold(tx: &mut Tx, id: CategoryId) -> Result<()> {
    // SQLite has one writer, and this is it.
    if let Conn::Postgres(conn) = &mut **tx {
        sqlx::query("SELECT id FROM question.categories WHERE id = $1 FOR KEY SHARE")
            .bind(id)
            .execute(&mut **conn)
            .await?;
    }
    Ok(())
}

/// All categories of a bank, in no order: a bank has few.
pub async fn of_bank(conn: &mut Conn, bank: BankId) -> Result<Vec<CategoryNode>> {
    let raws: Vec<Raw> = db::on!(conn, c => sqlx::query_as(
        "SELECT id, bank_id, parent_id, name, path FROM question.categories WHERE bank_id = $1",
    )
    .bind(bank)
    .fetch_all(c)
    .await)?;
    Ok(raws.into_iter().map(CategoryNode::from).collect())
}

/// How many questions lie in each category itself, archived ones left out.
pub async fn question_counts(conn: &mut Conn, bank: BankId) -> Result<Vec<(CategoryId, i64)>> {
    Ok(db::on!(conn, c => sqlx::query_as(
        "SELECT k.id,
                (SELECT count(*) FROM question.questions q WHERE q.category_id = k.id AND q.archived_at IS NULL)
         FROM question.categories k
         WHERE k.bank_id = $1",
    )
    .bind(bank)
    .fetch_all(c)
    .await)?)
}

/// Adds categories, outer ones before inner ones.
pub async fn insert(tx: &mut Tx, nodes: &[CategoryNode]) -> Result<()> {
    for nodes in nodes.chunks(ROWS_PER_STATEMENT_MAX) {
        db::on!(&mut **tx, c => {
            let mut query =
                QueryBuilder::new("INSERT INTO question.categories (id, bank_id, parent_id, name, path) ");
            query.push_values(nodes, |mut row, node| {
                row.push_bind(node.id)
                    .push_bind(node.bank_id)
                    .push_bind(node.parent_id)
                    .push_bind(&node.name)
                    .push_bind(&node.path);
            });
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Gives a category another name and place, and its descendants their new paths.
pub async fn update(tx: &mut Tx, node: &CategoryNode, old_path: &str) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE question.categories SET parent_id = $1, name = $2 WHERE id = $3",
    )
    .bind(node.parent_id)
    .bind(&node.name)
    .bind(node.id)
    .execute(c)
    .await
    .map(|_| ()))?;
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE question.categories
         SET path = $1 || substr(path, CAST($2 AS integer))
         WHERE bank_id = $3 AND path LIKE $4",
    )
    .bind(&node.path)
    .bind(old_path.len() as i64 + 1)
    .bind(node.bank_id)
    .bind(format!("{old_path}%"))
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Whether categories or questions, archived or not, lie in the category.
pub async fn holds_anything(conn: &mut Conn, id: CategoryId) -> Result<bool> {
    let found: Option<i64> = db::on!(conn, c => sqlx::query_scalar(
        "SELECT CAST(1 AS bigint)
         WHERE EXISTS (SELECT 1 FROM question.categories WHERE parent_id = $1)
            OR EXISTS (SELECT 1 FROM question.questions WHERE category_id = $1)",
    )
    .bind(id)
    .fetch_optional(c)
    .await)?;
    Ok(found.is_some())
}

/// Deletes an empty category.
pub async fn delete(tx: &mut Tx, id: CategoryId) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query("DELETE FROM question.categories WHERE id = $1")
        .bind(id)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
