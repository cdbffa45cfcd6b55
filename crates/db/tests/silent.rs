//! A machine with a PostgreSQL server loses its power: connections to it stay open, and nothing comes over them any more.

use std::time::Duration;

use db::{Db, DbConfig, PgSettings, Schema};
use test_kit::{TestDatabase, UnheardCommit};

/// How long somebody waits for a connection before they leave it.
const WAITED: Duration = Duration::from_millis(500);
/// How long another one waits for its place: longer than it may take to come back.
const ACQUIRE_MAX: Duration = Duration::from_secs(30);

#[test]
fn who_leaves_a_silent_connection_leaves_its_place_in_the_pool_to_others() {
    test_kit::run(async {
        let Some(database) = TestDatabase::postgres().await else { return };
        let DbConfig::Postgres { url, .. } = &database.config else { panic!("PostgreSQL") };
        let way = UnheardCommit::before(url).await;
        let settings = PgSettings { connections_max: 1, acquire_max: ACQUIRE_MAX, ..PgSettings::default() };
        let config = DbConfig::Postgres { url: way.url.clone(), settings };
        let db = Db::open(&config, &Schema::new("silent", &[])).await.unwrap();

        let tx = db.begin().await.unwrap();
        way.fall_silent_at_the_next();
        assert!(tokio::time::timeout(WAITED, tx.commit()).await.is_err(), "nobody answers");
        let mut conn = db.read().await.unwrap();
        let one: i64 =
            db::on!(&mut conn, c => sqlx::query_scalar("SELECT CAST(1 AS bigint)").fetch_one(c).await)
                .unwrap();
        assert_eq!(one, 1);
    });
}

#[test]
fn a_transaction_that_is_left_is_rolled_back_and_its_connection_used_again() {
    test_kit::run(async {
        let Some(database) = TestDatabase::postgres().await else { return };
        let DbConfig::Postgres { url, .. } = &database.config else { panic!("PostgreSQL") };
        let settings = PgSettings { connections_max: 1, ..PgSettings::default() };
        let config = DbConfig::Postgres { url: url.clone(), settings };
        let db = Db::open(&config, &Schema::new("leaving", &[])).await.unwrap();
        let who = async |conn: &mut db::Conn| -> i64 {
            db::on!(conn, c => sqlx::query_scalar("SELECT CAST(pg_backend_pid() AS bigint)").fetch_one(c).await).unwrap()
        };

        let mut tx = db.begin().await.unwrap();
        db::on!(&mut *tx, c => sqlx::query("CREATE TABLE left_behind (x bigint)").execute(c).await.map(|_| ())).unwrap();
        let first = who(&mut tx).await;
        drop(tx);
        let mut conn = db.read().await.unwrap();
        assert_eq!(who(&mut conn).await, first);
        let there: bool = db::on!(&mut conn, c =>
            sqlx::query_scalar("SELECT to_regclass('left_behind') IS NOT NULL").fetch_one(c).await)
        .unwrap();
        assert!(!there);
    });
}
