//! The way to PostgreSQL: who is there is verified, and a standby that nobody waits for is told of.

#![expect(clippy::expect_used, reason = "a test that can't go on must stop")]

use std::{fs, process::Command};

use db::{Db, DbConfig, PgSettings};
use rcgen::CertifiedKey;
use test_kit::OwnPostgres;

/// Looks at what another process does soon; each look is a query.
const LOOKS_MAX: usize = 20_000;

fn certificate() -> CertifiedKey<rcgen::KeyPair> {
    rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate")
}

async fn open(postgres: &OwnPostgres, parameters: &str) -> db::Result<Db> {
    let url = format!("{}{parameters}", postgres.url());
    Db::open(&DbConfig::parse(&url).expect("an address"), &exam_service::schema()).await
}

#[test]
fn a_database_that_cant_prove_who_it_is_is_refused_when_that_is_asked_for() {
    let certified = certificate();
    let (pem, key) = (certified.cert.pem(), certified.signing_key.serialize_pem());
    let Some(postgres) = OwnPostgres::start_with_tls(&pem, &key) else { return };
    let folder = tempfile::TempDir::new().expect("a folder");
    let file = |name: &str, pem: String| {
        let path = folder.path().join(name);
        fs::write(&path, pem).expect("written");
        format!("?sslmode=verify-full&sslrootcert={}", path.display())
    };
    let (ours, other) = (file("ours.pem", pem), file("other.pem", certificate().cert.pem()));
    test_kit::run(async {
        let db = open(&postgres, &ours).await.expect("the certificate is the one that we trust");
        let mut conn = db.read().await.expect("a connection");
        let sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
        let encrypted = db::on!(&mut conn, sqlite _c => false, postgres c => {
            sqlx::query_scalar::<_, bool>(sql).fetch_one(c).await.expect("a row")
        });
        assert!(encrypted);
        let refused = open(&postgres, &other).await.expect_err("another authority");
        assert!(refused.is_unavailable(), "{refused}");
    });
}

/// What the server behind a connection says.
async fn says(conn: db::Result<db::Conn>, sql: &'static str) -> bool {
    let mut conn = conn.expect("a connection");
    db::on!(&mut conn, sqlite _c => false, postgres c => {
        sqlx::query_scalar(sql).fetch_one(c).await.expect("a row")
    })
}

#[test]
fn a_database_on_the_same_machine_is_reached_by_its_socket() {
    let Some(postgres) = OwnPostgres::start() else { return };
    test_kit::run(async {
        let by_socket = DbConfig::parse(&postgres.socket_url()).expect("an address");
        let db = Db::open(&by_socket, &exam_service::schema()).await.expect("it opens");
        assert!(says(db.read().await, "SELECT inet_client_addr() IS NULL").await);
        let by_port = open(&postgres, "").await.expect("it opens");
        assert!(!says(by_port.read().await, "SELECT inet_client_addr() IS NULL").await);
    });
}

#[test]
fn reads_that_may_be_stale_go_to_the_replica_and_while_it_is_away_where_all_others_go() {
    let Some(postgres) = OwnPostgres::start() else { return };
    let standby = postgres.synchronous_standby();
    test_kit::run(async {
        let settings = PgSettings { read_url: Some(standby.url()), ..PgSettings::default() };
        let config = DbConfig::Postgres { url: postgres.url(), settings };
        let db = Db::open(&config, &exam_service::schema()).await.expect("it opens");
        let is_replica = "SELECT pg_is_in_recovery()";
        assert!(says(db.read_stale().await, is_replica).await);
        assert!(!says(db.read().await, is_replica).await);
        standby.kill_nine();
        assert!(!says(db.read_stale().await, is_replica).await);
    });
}

#[test]
fn an_asynchronous_standby_is_warned_about() {
    let Some(postgres) = OwnPostgres::start() else { return };
    let folder = tempfile::TempDir::new().expect("a folder");
    let program = postgres.programs().join("pg_receivewal");
    if !program.is_file() {
        test_kit::skip("pg_receivewal is not installed");
        return;
    }
    test_kit::run(async {
        let db = open(&postgres, "").await.expect("it opens");
        assert_eq!(db.standby_warning().await.expect("an answer"), None);
        // A service's own role isn't told who the standbys are.
        postgres.tell("CREATE ROLE service LOGIN");
        postgres.tell("GRANT ALL ON SCHEMA exam TO service");
        postgres.tell("GRANT ALL ON ALL TABLES IN SCHEMA exam TO service");
        let url = postgres.url().replace("postgres@", "service@");
        let config = DbConfig::parse(&url).expect("an address");
        let of_service = Db::open(&config, &exam_service::schema()).await.expect("it opens");
        assert_eq!(of_service.standby_warning().await.expect("an answer"), None);
        // Receives what a standby would, and is waited for as little.
        let mut standby = Command::new(program)
            .args(["-h", "127.0.0.1", "-p", &postgres.port().to_string(), "-U", "postgres", "-D"])
            .arg(folder.path())
            .spawn()
            .expect("it starts");
        let mut warning = None;
        for _ in 0..LOOKS_MAX {
            warning = db.standby_warning().await.expect("an answer");
            if warning.is_some() {
                break;
            }
        }
        let to_service = of_service.standby_warning().await.expect("an answer").expect("a warning");
        assert!(to_service.contains("synchronous_standby_names"), "{to_service}");
        // Nor does one help that is named and that commits don't wait for.
        postgres.tell("ALTER ROLE service SET synchronous_commit = local");
        postgres.tell("ALTER SYSTEM SET synchronous_standby_names = '*'");
        postgres.tell("SELECT pg_reload_conf()");
        let local = Db::open(&config, &exam_service::schema()).await.expect("it opens");
        let mut looks = 0..LOOKS_MAX;
        let is_warned = async || {
            let warning = local.standby_warning().await.expect("an answer");
            warning.is_some_and(|warning| warning.contains("synchronous_commit"))
        };
        while !is_warned().await {
            assert!(looks.next().is_some(), "no warning");
        }
        let _ = standby.kill();
        let _ = standby.wait();
        let warning = warning.expect("a warning");
        assert!(
            warning.contains("pg_receivewal") && warning.contains("synchronous_standby_names"),
            "{warning}"
        );
    });
}
