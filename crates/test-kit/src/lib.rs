//! Tests on either database, a clock you hold, people with tokens, and requests without a network.
//!
//! A test is a sentence about the product, on a real database:
//!
//! ```ignore
//! test_kit::on_both_databases! {
//!     async fn a_candidate_hands_in_once(database: test_kit::TestDatabase) { … }
//! }
//! ```

#![expect(clippy::expect_used, clippy::panic, reason = "a test that can't go on must stop")]

mod answer;
mod counted_up;
mod database;
mod own_nginx;
mod own_patroni;
mod own_postgres;
mod own_rabbit;
mod own_redis;
mod own_server;
mod own_standby;
mod people;
mod process;
mod replicas;
mod skip;
mod stage;
mod statements;
mod unheard_commit;
mod wire;

pub use answer::Answer;
pub use counted_up::hold_counted_up;
pub use database::TestDatabase;
pub use own_nginx::OwnNginx;
pub use own_patroni::OwnPatroni;
pub use own_postgres::OwnPostgres;
pub use own_rabbit::OwnRabbit;
pub use own_redis::OwnRedis;
pub use own_server::free_port;
pub use people::People;
pub use process::{SECRET, Server};
pub use replicas::Replicas;
pub use skip::{required, skip};
pub use stage::{Request, Stage};
pub use statements::Statements;
pub use unheard_commit::UnheardCommit;
pub use wire::Wire;

#[doc(hidden)]
pub use tokio;

/// Makes each test two tests, `…::on_sqlite` and `…::on_postgres`. Where there is no PostgreSQL the second says so
/// and is counted as skipped.
#[macro_export]
macro_rules! on_both_databases {
    ($($(#[$meta:meta])* async fn $name:ident($database:ident: $type:ty) $body:block)*) => {$(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, reason = "a test may need nothing from around it")]
            use super::*;

            async fn test($database: $type) $body

            #[test]
            fn on_sqlite() {
                $crate::run(test($crate::TestDatabase::sqlite()));
            }

            #[test]
            fn on_postgres() {
                $crate::run(async {
                    if let Some(database) = $crate::TestDatabase::postgres().await {
                        test(database).await;
                    }
                });
            }
        }
    )*};
}

/// Runs a test's future on a runtime of its own.
pub fn run<F: Future>(test: F) -> F::Output {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(test)
}
