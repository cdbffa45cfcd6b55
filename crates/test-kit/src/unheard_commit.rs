//! A way to PostgreSQL on which the answer to a COMMIT gets lost: it was done, and nobody hears of it.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::Notify,
    task::JoinHandle,
};

const BUFFER_BYTES: usize = 64 * 1024;
/// The message as sqlx sends it.
const COMMIT: &[u8] = b"COMMIT\0";

/// A proxy before PostgreSQL; it carries until it is dropped.
#[derive(Debug)]
pub struct UnheardCommit {
    /// The address of the database by this way.
    pub url: String,
    next: Arc<Next>,
    carrying: JoinHandle<()>,
}

/// What happens at the next COMMIT.
#[derive(Debug, Default)]
struct Next {
    is_lost: AtomicBool,
    /// The connection stays, and nothing comes over it any more.
    is_silent: AtomicBool,
    lost: Notify,
}

impl UnheardCommit {
    /// A way to the database at `url`, which names its port.
    ///
    /// # Panics
    /// When there is no such address or no free port.
    pub async fn before(url: &str) -> Self {
        let (rest, name) = url.rsplit_once('/').expect("the address of a database");
        let (user, host) = rest.rsplit_once('@').expect("a user");
        let host = host.to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let next = Arc::new(Next::default());
        let armed = Arc::clone(&next);
        let carrying = tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let far = TcpStream::connect(&host).await.expect("PostgreSQL listens");
                tokio::spawn(carry(near, far, Arc::clone(&armed)));
            }
        });
        Self { url: format!("{user}@{address}/{name}"), next, carrying }
    }

    /// The answer to the next COMMIT is lost, and its connection with it.
    pub fn lose_the_next(&self) {
        self.next.is_lost.store(true, Ordering::SeqCst);
    }

    /// The answer to the next COMMIT is lost, and its connection falls silent without being closed, as when a machine loses
    /// its power.
    pub fn fall_silent_at_the_next(&self) {
        self.next.is_silent.store(true, Ordering::SeqCst);
        self.lose_the_next();
    }

    /// Waits until that happens. For one who waits.
    pub async fn until_lost(&self) {
        self.next.lost.notified().await;
    }

    /// Whether that has happened.
    pub fn is_lost(&self) -> bool {
        !self.next.is_lost.load(Ordering::SeqCst)
    }
}

impl Drop for UnheardCommit {
    fn drop(&mut self) {
        self.carrying.abort();
    }
}

async fn carry(mut near: TcpStream, mut far: TcpStream, next: Arc<Next>) {
    let (mut asked, mut answered) = (vec![0; BUFFER_BYTES], vec![0; BUFFER_BYTES]);
    let mut is_doomed = false;
    loop {
        tokio::select! {
            read = near.read(&mut asked) => {
                let Ok(count @ 1..) = read else { return };
                let asks_to_commit = asked[..count].windows(COMMIT.len()).any(|part| part == COMMIT);
                if asks_to_commit && next.is_lost.swap(false, Ordering::SeqCst) {
                    is_doomed = true;
                    next.lost.notify_one();
                }
                if far.write_all(&asked[..count]).await.is_err() {
                    return;
                }
            }
            read = far.read(&mut answered) => {
                let Ok(count @ 1..) = read else { return };
                // The answer is here: the commit is done.
                if is_doomed && next.is_silent.swap(false, Ordering::SeqCst) {
                    std::future::pending::<()>().await;
                }
                if is_doomed || near.write_all(&answered[..count]).await.is_err() {
                    return;
                }
            }
        }
    }
}
