//! One HTTP/1.1 connection, kept open, as a browser keeps it.

use std::{fmt, net::SocketAddr};

use anyhow::{Context as _, Result, bail};
use http::{Request, StatusCode, header};
use http_body_util::{BodyExt as _, Full};
use hyper::{body::Bytes, client::conn::http1};
use hyper_util::rt::TokioIo;
use serde::{Serialize, de::DeserializeOwned};
use tokio::net::TcpStream;

/// The header that carries a candidate's exam ticket.
pub const TICKET: &str = "exam-ticket";

/// What a server answered.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Its status.
    pub status: StatusCode,
    /// Whether it says when to come back.
    pub says_when: bool,
    /// Its whole body.
    pub body: Bytes,
}

impl Reply {
    /// Reads the body as JSON.
    ///
    /// # Errors
    /// When the status isn't a success, or the body isn't what was expected; both say what came.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        if !self.status.is_success() {
            bail!("{}: {}", self.status, String::from_utf8_lossy(&self.body));
        }
        serde_json::from_slice(&self.body)
            .with_context(|| format!("can't read {}", String::from_utf8_lossy(&self.body)))
    }

    /// What to count a reply under that isn't a success: the problem's code, else the status; and that a 503 doesn't say when
    /// to come back.
    pub fn failure(&self) -> String {
        #[derive(serde::Deserialize)]
        struct Problem {
            code: String,
        }
        let code = serde_json::from_slice::<Problem>(&self.body).map(|problem| problem.code);
        let code = code.unwrap_or_else(|_| self.status.as_u16().to_string());
        match self.status {
            StatusCode::SERVICE_UNAVAILABLE if !self.says_when => format!("{code} without Retry-After"),
            _ => code,
        }
    }
}

/// A connection to one server; opened when it is first needed, and again when the server has closed it.
pub struct Connection {
    address: SocketAddr,
    sender: Option<http1::SendRequest<Full<Bytes>>>,
}

impl Connection {
    /// A connection to `address`, not yet open.
    pub const fn new(address: SocketAddr) -> Self {
        Self { address, sender: None }
    }

    /// Where it leads.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Closes the connection; it opens again when it is needed.
    pub fn close(&mut self) {
        self.sender = None;
    }

    /// Opens the connection unless it is open.
    ///
    /// # Errors
    /// When the server can't be reached.
    pub async fn open(&mut self) -> Result<()> {
        if self.sender.as_ref().is_some_and(|sender| !sender.is_closed()) {
            return Ok(());
        }
        let stream = TcpStream::connect(self.address).await.context("can't connect")?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::task::spawn_local(async move {
            // How it ended shows in the next request.
            let _ = connection.await;
        });
        self.sender = Some(sender);
        Ok(())
    }

    /// Sends a request, and reads the whole answer.
    ///
    /// # Errors
    /// When the server can't be reached, or goes away before it has answered.
    pub async fn send(&mut self, request: Request<Full<Bytes>>) -> Result<Reply> {
        self.open().await?;
        let sender = self.sender.as_mut().context("no connection")?;
        sender.ready().await?;
        let sent = sender.send_request(request).await;
        if sent.is_err() {
            self.sender = None;
        }
        let (head, body) = sent.context("no answer")?.into_parts();
        let body = body.collect().await.context("half an answer")?.to_bytes();
        let says_when = head.headers.contains_key(header::RETRY_AFTER);
        Ok(Reply { status: head.status, says_when, body })
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Connection({})", self.address)
    }
}

/// A request with a JSON body.
///
/// # Errors
/// When the path or a header can't be sent.
pub fn json(
    method: &str,
    path: &str,
    auth: Option<(&str, &str)>,
    body: &impl Serialize,
) -> Result<Request<Full<Bytes>>> {
    raw(method, path, auth, "application/json", Bytes::from(serde_json::to_vec(body)?))
}

/// A request with any body. `auth` is a header's name and value.
///
/// # Errors
/// As for [`json`].
pub fn raw(
    method: &str,
    path: &str,
    auth: Option<(&str, &str)>,
    content_type: &str,
    body: Bytes,
) -> Result<Request<Full<Bytes>>> {
    let mut request = Request::builder().method(method).uri(path).header("host", "exam");
    if !body.is_empty() {
        request = request.header("content-type", content_type);
    }
    if let Some((name, value)) = auth {
        request = request.header(name, value);
    }
    Ok(request.body(Full::new(body))?)
}
