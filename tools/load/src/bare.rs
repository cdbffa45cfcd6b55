//! The other baseline: a bare loop that inserts rows in batches, each durable before the next. What a database takes for
//! that, no exam system can do for less.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use foundation::{Id, IdKind, SystemClock, SystemRandom};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use test_kit::OwnPostgres;
use uuid::Uuid;

use crate::{
    processes::{own, usage},
    server::Database,
};

/// Rows of a batch: as many as the server's writer takes in at the rates of the benchmark, about.
const ROWS: usize = 100;
/// Bytes of a row beside its key: an answer, two hashes, a nonce and the names of a journal's entry.
const ROW_BYTES: usize = 220;

/// CPU time for each row, of this process and the database together, in microseconds.
///
/// # Errors
/// When the database can't be started or written.
pub async fn micros_each(database: Database, on: &Path, during: Duration) -> Result<f64> {
    let folder = tempfile::TempDir::new_in(on).context("no folder for the data")?;
    match database {
        Database::Sqlite => {
            let url = format!("sqlite://{}?mode=rwc", folder.path().join("bare.sqlite").display());
            let mut conn = SqliteConnection::connect(&url).await?;
            sqlx::raw_sql(
                "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
                 CREATE TABLE rows (id BLOB NOT NULL PRIMARY KEY, payload BLOB NOT NULL) STRICT",
            )
            .execute(&mut conn)
            .await?;
            let places = vec!["(?, ?)"; ROWS].join(", ");
            let sql = format!("INSERT INTO rows (id, payload) VALUES {places}");
            let (began, before, mut rows) = (Instant::now(), own(), 0);
            while began.elapsed() < during {
                let mut query = sqlx::query(AssertSqlSafe(sql.as_str()));
                for _ in 0..ROWS {
                    query = query.bind(key()).bind(vec![b'a'; ROW_BYTES]);
                }
                query.execute(&mut conn).await?;
                rows += ROWS;
            }
            Ok(each(own() - before, rows))
        }
        Database::Postgres => {
            let postgres = OwnPostgres::start().context("PostgreSQL isn't installed")?;
            let id = postgres.id().context("PostgreSQL has ended")?;
            let mut conn = PgConnection::connect(&postgres.url()).await?;
            sqlx::raw_sql("CREATE TABLE rows (id uuid NOT NULL PRIMARY KEY, payload bytea NOT NULL)")
                .execute(&mut conn)
                .await?;
            let (began, before, mut rows) = (Instant::now(), (own(), usage(id)), 0);
            while began.elapsed() < during {
                sqlx::query("INSERT INTO rows (id, payload) SELECT * FROM UNNEST($1::uuid[], $2::bytea[])")
                    .bind((0..ROWS).map(|_| key()).collect::<Vec<Uuid>>())
                    .bind(vec![vec![b'a'; ROW_BYTES]; ROWS])
                    .execute(&mut conn)
                    .await?;
                rows += ROWS;
            }
            Ok(each((own() - before.0) + (usage(id) - before.1), rows))
        }
    }
}

enum RowKind {}
impl IdKind for RowKind {
    const NAME: &'static str = "row";
}

/// A key that lies behind those from before, as those of a journal's batches do.
fn key() -> Uuid {
    Id::<RowKind>::new(&SystemClock, &SystemRandom).uuid()
}

fn each(cpu: Duration, rows: usize) -> f64 {
    cpu.as_secs_f64() * 1e6 / rows.max(1) as f64
}
