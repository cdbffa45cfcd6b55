//! How long a piece of work in the background waits for a database that has fallen silent.

use std::time::Duration;

use crate::Error;

/// Longer than any piece of work in the background takes, many times over.
const WORK_MAX: Duration = Duration::from_secs(120);

/// Does a piece of work that somebody will do again: a round of a job, a fact to be taken. Over a connection whose other end
/// lost its power nothing comes any more, and nothing closes it: the work would wait for ever, and with it all that comes after
/// it.
///
/// # Errors
/// Those of the work, and that the database is unavailable after two minutes.
pub async fn in_time<T, E: From<Error>>(work: impl Future<Output = Result<T, E>>) -> Result<T, E> {
    within(WORK_MAX, work).await
}

/// The same for work that must not take longer than `max`.
///
/// # Errors
/// Those of the work, and that the database is unavailable after so long.
pub async fn within<T, E: From<Error>>(
    max: Duration,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    tokio::time::timeout(max, work).await.unwrap_or_else(|_| Err(Error::silent().into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn work_that_never_ends_is_left_and_other_work_is_not() {
        let silent = in_time(std::future::pending::<crate::Result<()>>()).await;
        assert!(silent.is_err_and(|error| error.is_unavailable()));
        let slow = async {
            tokio::time::sleep(WORK_MAX / 2).await;
            crate::Result::Ok(7)
        };
        assert_eq!(in_time(slow).await.ok(), Some(7));
    }
}
