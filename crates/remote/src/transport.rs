//! Connections to other processes: a bounded pool, HTTP/1.1, TLS where the address says `https`.

use std::{fmt, fs, path::Path, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject as _},
};
use tokio::sync::Semaphore;

/// Calls that may be on their way at once, to all services together.
const CALLS_MAX: usize = 64;
/// Connections kept open to one address while nothing is asked. A server lets go of a silent one after 75 seconds.
const IDLE_CONNECTIONS_MAX: usize = 8;
const IDLE_MAX: Duration = Duration::from_secs(10);
/// How long a connection may take to come about.
const CONNECT_MAX: Duration = Duration::from_secs(1);
/// The largest answer: the questions of fifty papers.
const ANSWER_BYTES_MAX: usize = 256 * 1024 * 1024;

/// Connections to other processes. Cheap to clone.
#[derive(Clone)]
pub struct Transport {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    places: Arc<Semaphore>,
}

/// Certificates that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// The file of authorities.
    #[error("{0} can't be read as certificates in PEM: {1}")]
    Authorities(String, String),
    /// The TLS library.
    #[error("TLS can't be set up: {0}")]
    Tls(String),
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// Why nothing came back.
#[derive(Debug)]
pub(crate) enum Fault {
    /// There was no connection: nothing reached the other side.
    Connect(String),
    /// The connection broke: the other side may have done what was asked.
    Cut(String),
}

impl Transport {
    /// Connections that trust the certificates of `authorities` (PEM), or else what this machine trusts.
    ///
    /// # Errors
    /// When there are no certificates.
    pub fn new(authorities: Option<&Path>) -> Result<Self, TransportError> {
        let mut http = HttpConnector::new();
        http.enforce_http(false);
        http.set_nodelay(true);
        http.set_connect_timeout(Some(CONNECT_MAX));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let trusting = |roots: RootCertStore| {
            let config = ClientConfig::builder_with_provider(Arc::clone(&provider))
                .with_safe_default_protocol_versions()
                .map_err(|error| TransportError::Tls(error.to_string()))?
                .with_root_certificates(roots)
                .with_no_client_auth();
            Ok(HttpsConnectorBuilder::new().with_tls_config(config))
        };
        let connector = match authorities {
            Some(file) => trusting(roots(file)?)?,
            // A bare image trusts nobody; then no `https` address can be reached, and plain ones can.
            None => {
                match HttpsConnectorBuilder::new().with_provider_and_native_roots(Arc::clone(&provider)) {
                    Ok(connector) => connector,
                    Err(_) => trusting(RootCertStore::empty())?,
                }
            }
        };
        let connector = connector.https_or_http().enable_http1().wrap_connector(http);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_MAX)
            .pool_max_idle_per_host(IDLE_CONNECTIONS_MAX)
            .build(connector);
        Ok(Self { client, places: Arc::new(Semaphore::new(CALLS_MAX)) })
    }

    /// Sends once, and waits for the whole answer.
    pub(crate) async fn send(&self, request: Request<Full<Bytes>>) -> Result<Reply, Fault> {
        let place = self.places.acquire().await.map_err(|error| Fault::Connect(error.to_string()))?;
        let response = self.client.request(request).await.map_err(|error| {
            let text = chain(&error);
            if error.is_connect() { Fault::Connect(text) } else { Fault::Cut(text) }
        })?;
        let (parts, body) = response.into_parts();
        let body = Limited::new(body, ANSWER_BYTES_MAX)
            .collect()
            .await
            .map_err(|error| Fault::Cut(error.to_string()))?
            .to_bytes();
        drop(place);
        Ok(Reply { status: parts.status, headers: parts.headers, body })
    }
}

fn roots(file: &Path) -> Result<RootCertStore, TransportError> {
    let refused = |why: String| TransportError::Authorities(file.display().to_string(), why);
    let pem = fs::read(file).map_err(|error| refused(error.to_string()))?;
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(&pem) {
        let certificate = certificate.map_err(|error| refused(error.to_string()))?;
        roots.add(certificate).map_err(|error| refused(error.to_string()))?;
    }
    if roots.is_empty() {
        return Err(refused("no certificate in it".to_owned()));
    }
    Ok(roots)
}

/// An error with its causes: the outermost alone says `client error (Connect)`.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Transport")
    }
}
