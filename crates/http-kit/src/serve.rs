//! Serves HTTP through hyper's own connection builder: an idle connection costs 19 KB, not 32.

use std::{convert::Infallible, io, net::SocketAddr, pin::pin, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, HeaderValue, Request, StatusCode, Uri, header, uri::PathAndQuery},
    response::{IntoResponse as _, Response},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpSocket, TcpStream},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::ServiceExt as _;

use crate::{
    limits::{DRAIN_MAX, HANDSHAKE_MAX, HEAD_BYTES_MAX, HEAD_MAX, LAST_WORD_MAX},
    taker::{Taken, Taker},
    tls::Tls,
};

/// The first byte of a connection that begins with TLS: a record of the handshake (RFC 8446, 5.1).
const TLS_HANDSHAKE: u8 = 22;

/// Connections that may wait to be taken: a hall connects within one second. Systems allow fewer (Linux as many as
/// `net.core.somaxconn` says, 4,096 unless somebody changed it); who finds no place tries again a second later.
const WAITING_MAX: u32 = 65_535;

/// Listens on `address`, with room for a hall that connects at once.
///
/// # Errors
/// When the address can't be had.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(WAITING_MAX)
}

/// How a server came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Served {
    /// Every open request was answered.
    Drained,
    /// Some requests took longer than [`DRAIN_MAX`] and were cut.
    Cut,
}

/// Serves `app` on `listener` until `stop`, then lets open requests finish.
///
/// # Errors
/// As [`serve_until`].
pub async fn serve(listener: TcpListener, app: Router, stop: CancellationToken) -> io::Result<Served> {
    serve_until(listener, None, app, stop.clone(), stop).await
}

/// Serves `app` on `listener`, over `tls` where it is given. From `leaving` on every answer asks its client to connect
/// anew, which then meets another replica; at `stop` the listener closes and open requests finish.
///
/// What has come to this machine by then is answered: connections that wait to be taken are taken, and each gets
/// [`LAST_WORD_MAX`] for a request that is on its way. Closing at once would cut it in the middle.
///
/// # Errors
/// When the system has no thread that takes connections.
pub async fn serve_until(
    listener: TcpListener,
    tls: Option<Tls>,
    app: Router,
    leaving: CancellationToken,
    stop: CancellationToken,
) -> io::Result<Served> {
    let connections = TaskTracker::new();
    let host = Host { app, leaving: leaving.clone(), stop: stop.clone(), http: Arc::new(http()) };
    let take = |(stream, peer): Taken| {
        let stream = stream.set_nonblocking(true).and_then(|()| TcpStream::from_std(stream));
        let stream = match stream {
            Ok(stream) => stream,
            Err(error) => return tracing::warn!(%error, "can't serve a connection"),
        };
        // Answers are small and complete: waiting to fill a packet would only add delay.
        let _ = stream.set_nodelay(true);
        match &tls {
            None => connections.spawn(host.clone().serve(stream, peer)),
            Some(tls) => connections.spawn(host.clone().serve_over(tls.clone(), stream, peer)),
        };
    };
    let mut taker = Taker::of(listener)?;
    while let Some(Some(taken)) = stop.run_until_cancelled(taker.next()).await {
        take(taken);
    }
    leaving.cancel();
    taker.end();
    while let Some(taken) = taker.next().await {
        take(taken);
    }
    connections.close();
    match tokio::time::timeout(DRAIN_MAX, connections.wait()).await {
        Ok(()) => Ok(Served::Drained),
        Err(_) => Ok(Served::Cut),
    }
}

fn http() -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_MAX)
        .max_buf_size(HEAD_BYTES_MAX)
        .half_close(false);
    builder
}

/// What every connection of a listener needs.
#[derive(Clone)]
struct Host {
    app: Router,
    leaving: CancellationToken,
    stop: CancellationToken,
    http: Arc<http1::Builder>,
}

impl Host {
    /// Serves one connection to its end.
    async fn serve(self, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, peer: SocketAddr) {
        let Self { app, leaving, stop, http } = self;
        let service = service_fn(move |request: Request<Incoming>| {
            let (app, leaving) = (app.clone(), leaving.clone());
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo::<SocketAddr>(peer));
            async move {
                let mut response = app.oneshot(request).await?;
                if leaving.is_cancelled() && response.status() != StatusCode::SWITCHING_PROTOCOLS {
                    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
                }
                Ok::<_, Infallible>(response)
            }
        });
        let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service).with_upgrades());
        // A client that goes away in the middle is its own business.
        let last_word = async {
            stop.cancelled().await;
            tokio::time::sleep(LAST_WORD_MAX).await;
        };
        tokio::select! {
            _ = connection.as_mut() => return,
            () = last_word => connection.as_mut().graceful_shutdown(),
        }
        let _ = connection.await;
    }

    /// Serves one connection that begins with TLS. Who speaks plain HTTP here typed the address without `https://`, and is
    /// told the right one.
    async fn serve_over(self, tls: Tls, stream: TcpStream, peer: SocketAddr) {
        let mut first = [0];
        let last_word = async {
            self.stop.cancelled().await;
            tokio::time::sleep(LAST_WORD_MAX).await;
        };
        let spoken = tokio::select! {
            // Who hasn't said a word is waiting for nothing.
            () = last_word => return,
            spoken = tokio::time::timeout(HEAD_MAX, stream.peek(&mut first)) => spoken,
        };
        let Ok(Ok(1)) = spoken else { return };
        if first != [TLS_HANDSHAKE] {
            let app = Router::new().fallback(to_https);
            return Self { app, ..self }.serve(stream, peer).await;
        }
        // Scanners and clients that don't trust us end here; neither is worth a line in the log.
        if let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE_MAX, tls.acceptor().accept(stream)).await {
            self.serve(stream, peer).await;
        }
    }
}

/// The same address with `https://`.
async fn to_https(headers: HeaderMap, uri: Uri) -> Response {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let path = uri.path_and_query().map_or("/", PathAndQuery::as_str);
    match host.and_then(|host| HeaderValue::try_from(format!("https://{host}{path}")).ok()) {
        Some(location) => (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, location)]).into_response(),
        None => StatusCode::BAD_REQUEST.into_response(),
    }
}
