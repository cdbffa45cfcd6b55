//! Serves an application until it is told to stop.

use anyhow::{Context as _, Result};
use http_kit::Served;
use tokio::net::TcpListener;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::compose::Composed;

/// Serves `composed` on `listener` until `stop`: new connections are refused first, open requests finish, then the
/// jobs end.
///
/// # Errors
/// When the listener has no address.
pub async fn run(mut composed: Composed, listener: TcpListener, stop: CancellationToken) -> Result<()> {
    let address = listener.local_addr().context("the listener has no address")?;
    let jobs_stop = CancellationToken::new();
    let jobs = TaskTracker::new();
    for job in composed.jobs.drain(..) {
        let stop = jobs_stop.clone();
        jobs.spawn(async move { job.run(stop).await });
    }
    tracing::info!(%address, "serving");
    let sockets = composed.stop.clone();
    let ended = stop.clone();
    jobs.spawn(async move {
        ended.cancelled().await;
        sockets.cancel();
    });
    let served = http_kit::serve(listener, composed.app.router.clone(), stop).await;
    if served == Served::Cut {
        tracing::warn!("some requests took too long and were cut");
    }
    jobs_stop.cancel();
    jobs.close();
    jobs.wait().await;
    Ok(())
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
