//! Short texts from process to process, through PostgreSQL's `NOTIFY`: heard by who listens at that moment, and kept nowhere.

use std::{fmt, time::Duration};

use sqlx::{PgConnection, PgPool, postgres::PgListener};

use crate::{Error, Result};

/// The longest text, in bytes (PostgreSQL's own limit is just below 8,000).
pub const NOTIFIED_BYTES_MAX: usize = 7_900;

/// How long a connection may be silent before we ask whether it is still one.
const SILENCE_MAX: Duration = Duration::from_secs(5);
/// How long it may take to say so.
const ANSWER_MAX: Duration = Duration::from_secs(2);

/// Hears one channel of a database, over a connection of its own.
pub struct Listener(PgListener);

impl Listener {
    pub(crate) async fn open(alone: &PgPool, channel: &str) -> Result<Self> {
        let mut listener = PgListener::connect_with(alone).await?;
        listener.eager_reconnect(false);
        listener.listen(channel).await?;
        Ok(Self(listener))
    }

    /// The next text. A connection that is lost, even one that fell silent, is an error within seconds: what is said until
    /// somebody listens again isn't heard.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the connection is lost.
    pub async fn next(&mut self) -> Result<String> {
        loop {
            match tokio::time::timeout(SILENCE_MAX, self.0.try_recv()).await {
                Ok(Ok(Some(heard))) => return Ok(heard.payload().to_owned()),
                Ok(Ok(None)) => return Err(Error::silent()),
                Ok(Err(error)) => return Err(error.into()),
                Err(_) => {
                    let asked = sqlx::query("SELECT 1").execute(&mut self.0);
                    tokio::time::timeout(ANSWER_MAX, asked).await.map_err(|_| Error::silent())??;
                }
            }
        }
    }
}

/// Says `texts` on `channel`, in their order. Nothing of it needs to survive, so no disk is waited for.
pub(crate) async fn notify(conn: &mut PgConnection, channel: &str, texts: &[String]) -> Result<()> {
    sqlx::query(
        "SELECT set_config('synchronous_commit', 'off', true), \
         (SELECT count(pg_notify($1, text)) FROM unnest($2::text[]) AS text)",
    )
    .bind(channel)
    .bind(texts)
    .execute(conn)
    .await?;
    Ok(())
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listener")
    }
}
