//! A network that can be harmed, and that knows who is fit for work: a TCP proxy.

use std::{
    cell::{Cell, RefCell},
    net::SocketAddr,
    rc::Rc,
    time::Duration,
};

use anyhow::Result;
use hyper::body::Bytes;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    task::AbortHandle,
};

use crate::connection::{self, Connection};

/// Bytes that are carried at a time.
const BUFFER_BYTES: usize = 16 * 1024;
/// How often a stalled connection looks whether it may go on.
const LOOK: Duration = Duration::from_millis(20);
/// How often targets are asked whether they are fit.
const ASK: Duration = Duration::from_millis(200);
/// How long they may take to say so.
const ASK_MAX: Duration = Duration::from_secs(1);

/// What the network does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weather {
    /// Carries everything.
    Fair,
    /// Carries nothing, and says nothing: connections stay open.
    Stalled,
    /// Carries requests, and swallows the answers: each side believes that the other one is there.
    HalfOpen,
}

/// Where connections may lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// Where it listens.
    pub address: SocketAddr,
    /// Where, and below which path, it says by 200 whether it is fit for new connections; always, unless given.
    pub asked: Option<(SocketAddr, &'static str)>,
    /// Whether it must not be reached while it isn't fit, not even when nobody is: a standby takes no writes.
    pub must_be_fit: bool,
}

#[derive(Debug)]
struct State {
    weather: Cell<Weather>,
    storms: Cell<u64>,
    /// Connections so far; and of how many of them nothing comes any more.
    connections: Cell<u64>,
    silent: Cell<u64>,
    targets: RefCell<Vec<(Target, bool)>>,
    next: Cell<usize>,
}

/// The proxy; it carries until it is dropped.
#[derive(Debug)]
pub struct Proxy {
    /// Where to connect to.
    pub address: SocketAddr,
    state: Rc<State>,
    tasks: [AbortHandle; 2],
}

impl Proxy {
    /// A proxy in front of `targets`: each new connection leads to the next one that is fit and answers.
    ///
    /// # Errors
    /// When there is no free port.
    pub async fn before(targets: &[Target]) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let state = Rc::new(State {
            weather: Cell::new(Weather::Fair),
            storms: Cell::new(0),
            connections: Cell::new(0),
            silent: Cell::new(0),
            targets: RefCell::new(targets.iter().map(|target| (*target, true)).collect()),
            next: Cell::new(0),
        });
        let carrier = Rc::clone(&state);
        let accepting = tokio::task::spawn_local(async move {
            while let Ok((near, _)) = listener.accept().await {
                tokio::task::spawn_local(Rc::clone(&carrier).pass(near));
            }
        });
        let asking = tokio::task::spawn_local(Rc::clone(&state).ask());
        Ok(Self { address, state, tasks: [accepting.abort_handle(), asking.abort_handle()] })
    }

    /// Changes the weather. Connections that lived through anything but fair weather are cut when it is fair again: what
    /// was swallowed is lost for good, as it would be.
    pub fn set(&self, weather: Weather) {
        if weather == Weather::Fair && self.state.weather.get() != Weather::Fair {
            self.state.storms.set(self.state.storms.get() + 1);
        }
        self.state.weather.set(weather);
    }

    /// Over the connections that there are nothing comes any more, for good, and nobody closes them: as when the machine at
    /// their other end lost its power. New ones are carried.
    pub fn silence(&self) {
        self.state.silent.set(self.state.connections.get());
    }

    /// Leads new connections elsewhere.
    pub fn lead_to(&self, targets: &[Target]) {
        *self.state.targets.borrow_mut() = targets.iter().map(|target| (*target, true)).collect();
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.tasks.iter().for_each(AbortHandle::abort);
    }
}

impl State {
    async fn pass(self: Rc<Self>, near: TcpStream) {
        let Some(far) = self.connect().await else { return };
        let _ = (near.set_nodelay(true), far.set_nodelay(true));
        let (from_near, to_near) = near.into_split();
        let (from_far, to_far) = far.into_split();
        let connection = (self.connections.get(), self.storms.get());
        self.connections.set(connection.0 + 1);
        let up = self.carry(from_near, to_far, false, connection);
        let down = self.carry(from_far, to_near, true, connection);
        futures::future::join(up, down).await;
    }

    async fn connect(&self) -> Option<TcpStream> {
        let turn = self.next.get();
        self.next.set(turn.wrapping_add(1));
        let mut order = self.targets.borrow().clone();
        let first = turn % order.len().max(1);
        order.rotate_left(first);
        // Who says that it isn't fit is asked last: better than nobody.
        order.sort_by_key(|(_, fit)| !fit);
        for (target, fit) in order {
            if (fit || !target.must_be_fit)
                && let Ok(stream) = TcpStream::connect(target.address).await
            {
                return Some(stream);
            }
        }
        None
    }

    /// Asks each target again and again whether it is fit.
    async fn ask(self: Rc<Self>) {
        loop {
            tokio::time::sleep(ASK).await;
            let targets = self.targets.borrow().clone();
            for (target, _) in targets {
                let Some((address, path)) = target.asked else { continue };
                let answer = tokio::time::timeout(ASK_MAX, is_fit(address, path)).await.unwrap_or(false);
                if let Some((_, fit)) = self.targets.borrow_mut().iter_mut().find(|(of, _)| *of == target) {
                    *fit = answer;
                }
            }
        }
    }

    async fn carry(
        &self,
        mut from: OwnedReadHalf,
        mut to: OwnedWriteHalf,
        is_answer: bool,
        (number, storm): (u64, u64),
    ) {
        let mut buffer = vec![0; BUFFER_BYTES];
        loop {
            let read = tokio::select! {
                read = from.read(&mut buffer) => read,
                () = self.next_storm(storm) => return,
            };
            let Ok(count @ 1..) = read else { return };
            // What was read waits here until it may go on.
            loop {
                if self.storms.get() != storm {
                    return;
                }
                match self.weather.get() {
                    _ if number < self.silent.get() => tokio::time::sleep(LOOK).await,
                    Weather::Fair => break,
                    Weather::HalfOpen if !is_answer => break,
                    Weather::Stalled | Weather::HalfOpen => tokio::time::sleep(LOOK).await,
                }
            }
            if to.write_all(&buffer[..count]).await.is_err() {
                return;
            }
        }
    }

    async fn next_storm(&self, storm: u64) {
        while self.storms.get() == storm {
            tokio::time::sleep(LOOK * 10).await;
        }
    }
}

async fn is_fit(address: SocketAddr, path: &str) -> bool {
    let Ok(request) = connection::raw("GET", path, None, "", Bytes::new()) else { return false };
    Connection::new(address).send(request).await.is_ok_and(|reply| reply.status.is_success())
}
