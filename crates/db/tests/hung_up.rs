//! Whoever stands in front of PostgreSQL hangs up while nobody behind it takes writes: that passes, and is no mistake of ours.

use db::{Db, DbConfig, Schema};
use tokio::net::TcpListener;

#[tokio::test]
async fn a_database_that_hangs_up_at_once_is_unavailable() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            // It hears the question out, so that the end is an end and no reset.
            let mut question = [0; 8];
            let _ = tokio::io::AsyncReadExt::read_exact(&mut stream, &mut question).await;
        }
    });
    let config = DbConfig::postgres(format!("postgres://nobody@{address}/nothing"));
    let error = Db::open(&config, &Schema::new("hung_up", &[])).await.unwrap_err();
    assert!(error.is_unavailable(), "{error}");
}
