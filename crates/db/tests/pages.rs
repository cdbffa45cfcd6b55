//! A new SQLite file has the pages that suit a journal; one that exists keeps its own, and goes on.

#![expect(clippy::unwrap_used, reason = "a test that can't go on must stop")]

use std::path::Path;

use db::{Db, DbConfig, MigrationText, Schema};
use sqlx::{Connection as _, SqliteConnection};

const TABLE: &[MigrationText] = &[MigrationText {
    version: 100,
    name: "notes",
    sqlite: "CREATE TABLE {schema}.notes (text TEXT NOT NULL) STRICT;",
    postgres: "",
}];

/// The bytes of a page, and how a file's write-ahead log is kept, of the service's file in `folder`.
async fn pages(folder: &Path) -> (i64, String) {
    let config = DbConfig::Sqlite { folder: folder.to_owned() };
    let db = Db::open(&config, &Schema::new("pages", &[TABLE])).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    db::on!(&mut *tx, c => sqlx::query("INSERT INTO pages.notes (text) VALUES ('x')").execute(c).await.map(|_| ()))
        .unwrap();
    tx.commit().await.unwrap();
    db.check_durable().await.unwrap();
    let mut conn = db.read().await.unwrap();
    let bytes =
        db::on!(&mut conn, c => sqlx::query_scalar("PRAGMA pages.page_size").fetch_one(c).await).unwrap();
    let journal =
        db::on!(&mut conn, c => sqlx::query_scalar("PRAGMA pages.journal_mode").fetch_one(c).await).unwrap();
    drop(conn);
    db.close().await;
    (bytes, journal)
}

#[tokio::test]
async fn a_new_file_has_pages_of_8_kib_and_an_old_one_keeps_its_own() {
    let (new, old) = (tempfile::TempDir::new().unwrap(), tempfile::TempDir::new().unwrap());
    assert_eq!(pages(new.path()).await, (8_192, "wal".to_owned()));

    let url = format!("sqlite://{}?mode=rwc", old.path().join("pages.sqlite3").display());
    let mut conn = SqliteConnection::connect(&url).await.unwrap();
    sqlx::raw_sql("PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; CREATE TABLE before (text TEXT)")
        .execute(&mut conn)
        .await
        .unwrap();
    conn.close().await.unwrap();
    assert_eq!(pages(old.path()).await, (4_096, "wal".to_owned()));
}
