//! Takes connections on a thread of its own, which does nothing else.

use std::{
    io,
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// How long the thread waits for a connection before it looks whether it is to end.
const LOOK_EVERY: Timespec = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };
/// Out of file descriptors is a state that passes; spinning on it would not help.
const PAUSE: Duration = Duration::from_millis(50);

/// A connection, and who is at its other end.
pub(crate) type Taken = (TcpStream, SocketAddr);

/// Takes connections as they come. A hall connects within one second: it takes a few microseconds to take each, for which the
/// system finds time though every other thread is busy with what those ask who were taken before. Where that has to be waited for,
/// the queue of those who wait fills up, and who finds it full tries again a second later, and then after two more.
#[derive(Debug)]
pub(crate) struct Taker {
    taken: UnboundedReceiver<Taken>,
    ending: Arc<AtomicBool>,
}

impl Taker {
    /// Begins to take what comes to `listener`.
    ///
    /// # Errors
    /// When the system has no thread for it.
    pub(crate) fn of(listener: tokio::net::TcpListener) -> io::Result<Self> {
        let listener = listener.into_std()?;
        let (sender, taken) = unbounded_channel();
        let ending = Arc::new(AtomicBool::new(false));
        let ends = Arc::clone(&ending);
        thread::Builder::new().name("connections".to_owned()).spawn(move || {
            take_until(&listener, &sender, &ends);
            // Who hears that nothing comes any more may listen on the same address.
            drop(listener);
            drop(sender);
        })?;
        Ok(Self { taken, ending })
    }

    /// The next connection; none when it has ended and all were given out.
    pub(crate) async fn next(&mut self) -> Option<Taken> {
        self.taken.recv().await
    }

    /// Takes no more than what has come by the time when the thread looks: in a tenth of a second at most.
    pub(crate) fn end(&self) {
        self.ending.store(true, Ordering::Release);
    }
}

impl Drop for Taker {
    fn drop(&mut self) {
        self.end();
    }
}

/// Takes what comes until it is to end, and then what has come by then.
fn take_until(listener: &TcpListener, taken: &UnboundedSender<Taken>, ending: &AtomicBool) {
    let mut is_hindered = false;
    loop {
        let is_last = ending.load(Ordering::Acquire);
        match take_all(listener, taken) {
            Ok(()) => is_hindered = false,
            Err(error) => {
                if !is_hindered || is_last {
                    tracing::warn!(%error, "can't take connections");
                }
                is_hindered = true;
            }
        }
        if is_last {
            return;
        }
        if is_hindered {
            thread::sleep(PAUSE);
        }
        // An error here is none that accepting wouldn't have, and it says so.
        let _ = poll(&mut [PollFd::new(listener, PollFlags::IN)], Some(&LOOK_EVERY));
    }
}

/// Takes whatever connections the system holds.
fn take_all(listener: &TcpListener, taken: &UnboundedSender<Taken>) -> io::Result<()> {
    loop {
        match listener.accept() {
            // Nobody takes it any more only when it ends.
            Ok(connection) => drop(taken.send(connection)),
            // One that has gone again.
            Err(error) if is_of_one(&error) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
            Err(error) => return Err(error),
        }
    }
}

/// Whether an error is about one connection, and not about those behind it.
fn is_of_one(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionReset | Interrupted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_has_come_is_taken_and_then_it_listens_no_more() {
        let listener = crate::listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = listener.local_addr().unwrap();
        let waiting: Vec<_> = (0..20).map(|_| TcpStream::connect(address).unwrap()).collect();
        let mut taker = Taker::of(listener).unwrap();
        taker.end();
        let mut peers = Vec::new();
        while let Some((_, peer)) = taker.next().await {
            peers.push(peer);
        }
        assert!(waiting.iter().all(|one| peers.contains(&one.local_addr().unwrap())));
        assert!(TcpStream::connect(address).is_err());
    }

    #[tokio::test]
    async fn who_is_dropped_listens_no_more() {
        let listener = crate::listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = listener.local_addr().unwrap();
        let mut taker = Taker::of(listener).unwrap();
        let mut taken = std::mem::replace(&mut taker.taken, unbounded_channel().1);
        drop(taker);
        while taken.recv().await.is_some() {}
        assert!(TcpStream::connect(address).is_err());
    }
}
