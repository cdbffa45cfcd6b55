//! Takes connections on a thread of its own, which does nothing else.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Out of file descriptors is a state that passes; spinning on it would not help.
const PAUSE: Duration = Duration::from_millis(50);
/// How long the thread may be called.
const CALL_MAX: Duration = Duration::from_secs(1);

/// A connection, and who is at its other end.
pub(crate) type Taken = (TcpStream, SocketAddr);

/// Takes connections as they come. A hall connects within one second: it takes a few microseconds to take each, for which the
/// system finds time though every other thread is busy with what those ask who were taken before. Where that has to be waited for,
/// the queue of those who wait fills up, and who finds it full tries again a second later, and then after two more.
#[derive(Debug)]
pub(crate) struct Taker {
    taken: UnboundedReceiver<Taken>,
    ending: Arc<AtomicBool>,
    address: SocketAddr,
}

impl Taker {
    /// Begins to take what comes to `listener`.
    ///
    /// # Errors
    /// When the system has no thread for it.
    pub(crate) fn of(listener: tokio::net::TcpListener) -> io::Result<Self> {
        let listener = listener.into_std()?;
        listener.set_nonblocking(false)?;
        let address = listener.local_addr()?;
        let (sender, taken) = unbounded_channel();
        let ending = Arc::new(AtomicBool::new(false));
        let ends = Arc::clone(&ending);
        thread::Builder::new().name("connections".to_owned()).spawn(move || {
            take_until(&listener, &sender, &ends);
            take_all(&listener, &sender);
        })?;
        Ok(Self { taken, ending, address })
    }

    /// The next connection; none when it has ended and all were given out.
    pub(crate) async fn next(&mut self) -> Option<Taken> {
        self.taken.recv().await
    }

    /// Takes no more than what has come by now. To be asked again when nothing follows: it can be that the thread isn't reached,
    /// as when there is no file descriptor for the call.
    pub(crate) fn end(&self) {
        self.ending.store(true, Ordering::Release);
        // The thread waits for a connection, so it gets one, which says nothing and ends.
        let _ = TcpStream::connect_timeout(&reachable(self.address), CALL_MAX);
    }
}

impl Drop for Taker {
    fn drop(&mut self) {
        // Who has ended it, and got all that came, left no thread to call.
        if !(self.ending.load(Ordering::Acquire) && self.taken.is_closed()) {
            self.end();
        }
    }
}

/// Where this machine reaches what listens on `address`.
const fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

fn take_until(listener: &TcpListener, taken: &UnboundedSender<Taken>, ending: &AtomicBool) {
    while !ending.load(Ordering::Acquire) {
        match listener.accept() {
            // Nobody takes it any more only when it ends.
            Ok(connection) => drop(taken.send(connection)),
            Err(error) => {
                tracing::warn!(%error, "can't take a connection");
                if !is_of_one(&error) {
                    thread::sleep(PAUSE);
                }
            }
        }
    }
}

/// Takes whatever connections the system holds.
fn take_all(listener: &TcpListener, taken: &UnboundedSender<Taken>) {
    if let Err(error) = listener.set_nonblocking(true) {
        return tracing::warn!(%error, "can't take the last connections");
    }
    loop {
        match listener.accept() {
            Ok(connection) => drop(taken.send(connection)),
            // One that has gone again.
            Err(error) if is_of_one(&error) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
            Err(error) => return tracing::warn!(%error, "can't take the last connections"),
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
    async fn what_has_come_is_taken_and_then_it_ends() {
        let listener = crate::listen("0.0.0.0:0".parse().unwrap()).unwrap();
        let address = reachable(listener.local_addr().unwrap());
        let waiting: Vec<_> = (0..20).map(|_| TcpStream::connect(address).unwrap()).collect();
        let mut taker = Taker::of(listener).unwrap();
        taker.end();
        let mut peers = Vec::new();
        while let Some((_, peer)) = taker.next().await {
            peers.push(peer);
        }
        assert!(waiting.iter().all(|one| peers.contains(&one.local_addr().unwrap())));
        assert!(TcpStream::connect(address).is_err(), "it listens no more");
    }

    #[tokio::test]
    async fn who_is_dropped_listens_no_more() {
        let listener = crate::listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let mut taker = Taker::of(listener).unwrap();
        // What it is called with is the last that it takes.
        let (address, mut taken) = (taker.address, unbounded_channel().1);
        std::mem::swap(&mut taken, &mut taker.taken);
        drop(taker);
        while taken.recv().await.is_some() {}
        assert!(TcpStream::connect(address).is_err());
    }
}
