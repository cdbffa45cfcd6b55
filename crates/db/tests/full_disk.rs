//! A disk that is full takes nothing, and everything again once there is room: without a new start of the process.

#![expect(clippy::unwrap_used, reason = "a test that can't go on must stop")]

use db::{Db, DbConfig, MigrationText, Schema};
use sqlx::AssertSqlSafe;

const TABLE: &[MigrationText] = &[MigrationText {
    version: 100,
    name: "notes",
    sqlite: "CREATE TABLE {schema}.notes (text TEXT NOT NULL) STRICT;",
    postgres: "",
}];

async fn write(db: &Db, text: &str) -> db::Result<()> {
    let mut tx = db.begin().await?;
    db::on!(&mut *tx, c => sqlx::query("INSERT INTO full_disk.notes (text) VALUES ($1)")
        .bind(text.to_owned())
        .execute(c)
        .await
        .map(|_| ()))?;
    tx.commit().await
}

async fn notes(db: &Db) -> i64 {
    let mut conn = db.read().await.unwrap();
    db::on!(&mut conn, c => sqlx::query_scalar("SELECT COUNT(*) FROM full_disk.notes").fetch_one(c).await)
        .unwrap()
}

/// SQLite undoes a transaction by itself when the disk is full, and the pool's count of open ones goes wrong.
#[tokio::test]
async fn sqlite_writes_again_when_there_is_room_again() {
    let folder = tempfile::TempDir::new().unwrap();
    let config = DbConfig::Sqlite { folder: folder.path().to_owned() };
    let db = Db::open(&config, &Schema::new("full_disk", &[TABLE])).await.unwrap();
    write(&db, "before").await.unwrap();
    // No further page: SQLite then says what it says when the file system has no room.
    let mut tx = db.begin().await.unwrap();
    db::on!(&mut *tx, c => sqlx::query(AssertSqlSafe("PRAGMA full_disk.max_page_count = 1".to_owned()))
        .execute(c)
        .await
        .map(|_| ()))
    .unwrap();
    tx.commit().await.unwrap();

    let refused = write(&db, &"x".repeat(1 << 20)).await.unwrap_err();
    assert!(refused.is_unavailable(), "{refused}");
    write(&db, "after").await.unwrap();
    assert_eq!(notes(&db).await, 2);
    db.close().await;
}
