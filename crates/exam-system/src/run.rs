//! Serves an application until it is told to stop.

use std::{net::SocketAddr, time::Duration};

use anyhow::{Context as _, Result};
use http_kit::{Served, Tls};
use tokio::net::TcpListener;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::compose::Composed;

/// The longest that sockets are waited for once they were told to move.
const SOCKETS_MAX: Duration = Duration::from_secs(5);
/// The longest that jobs are waited for: another process, or this one when it is there again, does what they didn't.
const JOBS_MAX: Duration = Duration::from_secs(10);

/// The longest that the first sign of life is waited for before this process says that it serves. Without one it serves all the
/// same, and isn't ready.
const FIRST_SIGN_MAX: Duration = Duration::from_secs(5);

/// Serves `composed` on `listener`, over `tls` where it is given, until `stop`; `announce` says so once answers can be written.
///
/// It leaves without anybody noticing. First `/ready` says no, for `grace`, while everything is still served: whoever spreads the
/// requests sends them elsewhere meanwhile. Then sockets are told to move and the listener closes; open requests finish, what the
/// writer holds is written, the jobs end.
///
/// # Errors
/// When the listener has no address, or the system no thread that takes connections.
pub async fn run(
    mut composed: Composed,
    (listener, tls): (TcpListener, Option<Tls>),
    stop: CancellationToken,
    grace: Duration,
    announce: impl FnOnce(SocketAddr),
) -> Result<()> {
    let address = listener.local_addr().context("the listener has no address")?;
    let jobs_stop = CancellationToken::new();
    let jobs = TaskTracker::new();
    for job in composed.jobs.drain(..) {
        let stop = jobs_stop.clone();
        jobs.spawn(async move { job.run(stop).await });
    }
    if let Some(exams) = &composed.exams {
        let first = tokio::time::timeout(FIRST_SIGN_MAX, exams.writer.heart().first());
        let _ = stop.run_until_cancelled(first).await;
    }
    announce(address);
    tracing::info!(%address, tls = tls.is_some(), "serving");
    if let Some(tls) = tls.clone() {
        let stop = jobs_stop.clone();
        jobs.spawn(async move { stop.run_until_cancelled(reload_at_hangup(tls)).await });
    }
    let closing = CancellationToken::new();
    let (standing, sockets, close) = (composed.standing.clone(), composed.stop.clone(), closing.clone());
    jobs.spawn(async move {
        stop.cancelled().await;
        tracing::info!(grace_seconds = grace.as_secs_f64(), "leaving");
        standing.leave();
        tokio::time::sleep(grace).await;
        sockets.cancel();
        close.cancel();
    });
    let leaving = composed.standing.leaving();
    let served = http_kit::serve_until(listener, tls, composed.app.router.clone(), leaving, closing).await;
    if matches!(served, Ok(Served::Cut)) {
        tracing::warn!("some requests took too long and were cut");
    }
    composed.sockets.close();
    if tokio::time::timeout(SOCKETS_MAX, composed.sockets.wait()).await.is_err() {
        tracing::info!("some sockets didn't take leave");
    }
    // A client that hung up may have left something in the queue: it is written all the same.
    if let Some(exams) = &composed.exams
        && let Err(problem) = exams.writer.settle().await
    {
        tracing::error!(%problem, "the writer ended before its time");
    }
    jobs_stop.cancel();
    jobs.close();
    if tokio::time::timeout(JOBS_MAX, jobs.wait()).await.is_err() {
        tracing::warn!("some jobs took too long and aren't waited for");
    }
    composed.close().await;
    served.context("can't take connections")?;
    Ok(())
}

/// Reads the certificate again at each SIGHUP.
async fn reload_at_hangup(tls: Tls) {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut hangup) = signal(SignalKind::hangup()) else { return };
    while hangup.recv().await.is_some() {
        match tls.reload() {
            Ok(()) => tracing::info!("the certificate was read again"),
            Err(error) => tracing::error!(%error, "the certificate stays as it was"),
        }
    }
}

/// Cancelled by SIGTERM or Ctrl-C.
pub fn stop_signal() -> CancellationToken {
    let stop = CancellationToken::new();
    let cancelled = stop.clone();
    tokio::spawn(async move {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else { return };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        cancelled.cancel();
    });
    stop
}
