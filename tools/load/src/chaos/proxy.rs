//! A network that can be harmed: a TCP proxy between candidates and server.

use std::{cell::Cell, net::SocketAddr, rc::Rc, time::Duration};

use anyhow::Result;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
};

/// Bytes that are carried at a time.
const BUFFER_BYTES: usize = 16 * 1024;
/// How often a stalled connection looks whether it may go on.
const LOOK: Duration = Duration::from_millis(20);

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

/// The proxy; it carries for as long as the runtime lives.
#[derive(Clone, Debug)]
pub struct Proxy {
    /// Where candidates connect to.
    pub address: SocketAddr,
    weather: Rc<Cell<Weather>>,
    storms: Rc<Cell<u64>>,
}

impl Proxy {
    /// A proxy in front of `server`.
    ///
    /// # Errors
    /// When there is no free port.
    pub async fn before(server: SocketAddr) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let proxy = Self {
            address: listener.local_addr()?,
            weather: Rc::new(Cell::new(Weather::Fair)),
            storms: Rc::new(Cell::new(0)),
        };
        let carrier = proxy.clone();
        tokio::task::spawn_local(async move {
            while let Ok((near, _)) = listener.accept().await {
                let carrier = carrier.clone();
                tokio::task::spawn_local(async move {
                    let Ok(far) = TcpStream::connect(server).await else { return };
                    let _ = (near.set_nodelay(true), far.set_nodelay(true));
                    let (from_near, to_near) = near.into_split();
                    let (from_far, to_far) = far.into_split();
                    let storm = carrier.storms.get();
                    let up = carrier.clone().carry(from_near, to_far, false, storm);
                    let down = carrier.carry(from_far, to_near, true, storm);
                    futures::future::join(up, down).await;
                });
            }
        });
        Ok(proxy)
    }

    /// Changes the weather. Connections that lived through anything but fair weather are cut when it is fair again: what
    /// was swallowed is lost for good, as it would be.
    pub fn set(&self, weather: Weather) {
        if weather == Weather::Fair && self.weather.get() != Weather::Fair {
            self.storms.set(self.storms.get() + 1);
        }
        self.weather.set(weather);
    }

    async fn carry(self, mut from: OwnedReadHalf, mut to: OwnedWriteHalf, is_answer: bool, storm: u64) {
        let mut buffer = vec![0; BUFFER_BYTES];
        loop {
            let read = tokio::select! {
                read = from.read(&mut buffer) => read,
                () = self.next_storm(storm) => return,
            };
            let Ok(count @ 1..) = read else { return };
            loop {
                if self.storms.get() != storm {
                    return;
                }
                match self.weather.get() {
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
