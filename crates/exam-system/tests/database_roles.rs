//! A login role per service, and replicas that compare their clocks: on a PostgreSQL server of the test's own.

#![expect(clippy::expect_used, reason = "a test that can't go on must stop")]

mod kit;

use std::{path::Path, process::Command, sync::Arc};

use authz::Service;
use db::{Db, DbConfig};
use exam_system::{compose::compose, config::Config, roles::Roles};
use foundation::{Clock, Instant, Span, SystemClock, SystemRandom};
use http_kit::{Standing, replicas::Replica};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use test_kit::{OwnPostgres, SECRET, TestDatabase};

const BINARY: &str = env!("CARGO_BIN_EXE_exam-system");

/// Runs `exam-system migrate` as somebody may.
fn migrate(url: &str, data: &Path, arguments: &[&str]) -> std::process::Output {
    let mut command = Command::new(BINARY);
    command.arg("migrate").args(arguments).env_clear().env("DATA_DIR", data).env("DATABASE_URL", url);
    command.env("JWT_SECRET", SECRET).env("JWT_REFRESH_SECRET", SECRET);
    for service in Service::ALL {
        let name = service.schema();
        command.env(format!("{}_DATABASE_PASSWORD", name.to_uppercase()), format!("of-{name}"));
    }
    command.output().expect("it runs")
}

#[test]
fn a_services_role_reads_its_own_tables_and_no_others() {
    let Some(postgres) = OwnPostgres::start() else { return };
    let data = tempfile::TempDir::new().expect("a folder");
    test_kit::run(async {
        let owner = postgres.url();
        let done = |output: std::process::Output| {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        };
        // Twice: before there are tables, and over tables that are another role's.
        done(migrate(&owner, data.path(), &["--roles"]));
        done(migrate(&owner, data.path(), &["--services", "auth"]));
        let mut office = PgConnection::connect(&owner).await.expect("the owner signs in");
        let owners: Vec<String> =
            sqlx::query_scalar("SELECT DISTINCT tableowner::text FROM pg_tables WHERE schemaname = 'auth'")
                .fetch_all(&mut office)
                .await
                .expect("tables");
        assert_eq!(owners, ["auth_service"], "whoever makes them");
        let as_it_was = "ALTER TABLE auth.accounts OWNER TO CURRENT_USER";
        sqlx::raw_sql(as_it_was).execute(&mut office).await.expect("a table of the owner's");
        done(migrate(&owner, data.path(), &["--roles"]));
        let own = |service: Service| {
            let name = service.schema();
            owner.replace("postgres@", &format!("{name}_service:of-{name}@"))
        };
        // Each service brings its own tables up to date, with its own role, without a right to anything else.
        for service in Service::ALL {
            done(migrate(&own(service), data.path(), &["--services", service.schema()]));
        }
        let refused = migrate(&own(Service::Exam), data.path(), &["--services", "auth"]);
        assert!(!refused.status.success());

        let mut exam =
            PgConnection::connect(&own(Service::Exam)).await.expect("exam-service's role signs in");
        let count = |table: &str| AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        let own_rows: i64 =
            sqlx::query_scalar(count("exam.attempts")).fetch_one(&mut exam).await.expect("its own");
        assert_eq!(own_rows, 0);
        for table in ["auth.accounts", "auth.signing_keys", "question.question_keys", "notification.messages"]
        {
            let error =
                sqlx::query_scalar::<_, i64>(count(table)).fetch_one(&mut exam).await.expect_err(table);
            let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
            assert_eq!(code.as_deref(), Some("42501"), "{table}: {error}");
        }
        for sql in ["CREATE SCHEMA mine", "CREATE TABLE public.mine (x int)", "DROP SCHEMA auth CASCADE"] {
            sqlx::raw_sql(sql).execute(&mut exam).await.expect_err(sql);
        }
    });
}

/// A clock that goes wrong by so many milliseconds.
struct Wrong(i64);

impl Clock for Wrong {
    fn now(&self) -> Instant {
        SystemClock.now() + Span::from_millis(self.0)
    }

    fn steady(&self) -> Span {
        SystemClock.steady()
    }
}

fn replica(db: &Db, wrong_by: i64) -> (Replica, Standing) {
    let standing = Standing::default();
    let clock = Arc::new(Wrong(wrong_by));
    (Replica::new(db.clone(), "exam", clock, &SystemRandom, standing.clone()), standing)
}

#[test]
fn a_replica_whose_clock_is_off_by_more_than_half_a_second_is_not_ready_and_says_by_how_much() {
    test_kit::run(async {
        let Some(database) = TestDatabase::postgres().await else { return };
        let db = database.open(&exam_service::schema()).await;
        let (right, right_standing) = replica(&db, 100);
        let (ahead, ahead_standing) = replica(&db, 900);
        for replica in [&right, &ahead, &right, &ahead] {
            replica.compare().await.expect("the database answers");
        }
        assert!(right_standing.refusals().is_empty(), "{:?}", right_standing.refusals());
        let refusals = ahead_standing.refusals();
        let [(what, why)] = refusals.as_slice() else { panic!("{refusals:?}") };
        assert_eq!(what, "exam clock");
        let millis: i64 = why.split(' ').find_map(|word| word.parse().ok()).expect("a number");
        assert!((700..=900).contains(&millis) && why.contains("ahead of"), "{why}");
    });
}

#[test]
fn replicas_that_agree_are_ready_when_the_databases_clock_is_the_wrong_one() {
    test_kit::run(async {
        let Some(database) = TestDatabase::postgres().await else { return };
        let db = database.open(&exam_service::schema()).await;
        let replicas = [replica(&db, 60_000), replica(&db, 60_050)];
        for (replica, _) in replicas.iter().chain(&replicas) {
            replica.compare().await.expect("the database answers");
        }
        for (_, standing) in &replicas {
            assert!(standing.refusals().is_empty(), "{:?}", standing.refusals());
        }
    });
}

#[test]
fn reads_that_may_be_stale_go_on_when_the_replica_is_away() {
    test_kit::run(async {
        let Some(database) = TestDatabase::postgres().await else { return };
        let mut config = database.config.clone();
        if let DbConfig::Postgres { settings, .. } = &mut config {
            settings.read_url = Some("postgres://nobody@127.0.0.1:9/nothing".to_owned());
            settings.acquire_max = std::time::Duration::from_millis(200);
        }
        let db = Db::open(&config, &exam_service::schema()).await.expect("it opens without its replica");
        let mut conn = db.read_stale().await.expect("the primary answers");
        let one: i32 =
            db::on!(&mut conn, c => sqlx::query_scalar("SELECT 1").fetch_one(c).await).expect("a row");
        assert_eq!(one, 1);
    });
}

#[test]
fn a_command_opens_the_tables_that_it_needs_and_no_others() {
    test_kit::run(async {
        let Some(database) = TestDatabase::postgres().await else { return };
        let data = tempfile::TempDir::new().expect("a folder");
        let config =
            Config { roles: Roles::only(Service::Exam), ..kit::config(&database.config, data.path()) };
        let composed =
            compose(&config, Arc::new(SystemClock), Arc::new(SystemRandom)).await.expect("it opens");
        assert_eq!(composed.databases().map(|(schema, _)| schema).collect::<Vec<_>>(), ["exam"]);
        assert!(composed.auth().is_err() && composed.exams().is_ok());
    });
}
