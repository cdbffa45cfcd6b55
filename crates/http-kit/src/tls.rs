//! TLS of our own, for where no proxy stands in front: a hall's laptop that browsers reach by its address.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use rustls::{
    ServerConfig,
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use tokio_rustls::TlsAcceptor;

/// Why TLS can't be offered with these files.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file isn't there, may not be read, or isn't PEM.
    #[error("{path} can't be read: {reason}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The key isn't that of the certificate, or of a kind that isn't known.
    #[error("the certificate {certificate} and the key {key} don't go together: {reason}")]
    NoPair {
        /// The certificate's file.
        certificate: PathBuf,
        /// The key's file.
        key: PathBuf,
        /// What is wrong with them.
        reason: String,
    },
    /// The library can't speak the protocol's versions that we offer.
    #[error("TLS isn't possible: {0}")]
    Protocol(rustls::Error),
}

/// Where a certificate and its key stand, both PEM. The certificate comes first in its file, and those that vouch for it
/// after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// The chain of certificates.
    pub certificate: PathBuf,
    /// The key of the first of them.
    pub key: PathBuf,
}

impl TlsFiles {
    fn read(&self, provider: &CryptoProvider) -> Result<CertifiedKey, TlsError> {
        let unreadable = |path: &Path| {
            let path = path.to_owned();
            |reason: rustls::pki_types::pem::Error| TlsError::Unreadable { path, reason: reason.to_string() }
        };
        let chain = CertificateDer::pem_file_iter(&self.certificate)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(unreadable(&self.certificate))?;
        let key = PrivateKeyDer::from_pem_file(&self.key).map_err(unreadable(&self.key))?;
        CertifiedKey::from_der(chain, key, provider).map_err(|reason| TlsError::NoPair {
            certificate: self.certificate.clone(),
            key: self.key.clone(),
            reason: reason.to_string(),
        })
    }
}

/// What a listener shows to those who connect. Cheap to clone.
#[derive(Clone)]
pub struct Tls {
    files: TlsFiles,
    shown: Arc<Shown>,
    acceptor: TlsAcceptor,
}

impl Tls {
    /// Reads the files. TLS 1.2 and 1.3, HTTP/1.1.
    ///
    /// # Errors
    /// When they can't be read or don't go together.
    pub fn load(files: TlsFiles) -> Result<Self, TlsError> {
        let provider = Arc::new(ring::default_provider());
        let shown = Arc::new(Shown(RwLock::new(Arc::new(files.read(&provider)?))));
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(TlsError::Protocol)?
            .with_no_client_auth()
            .with_cert_resolver(Arc::clone(&shown) as Arc<dyn ResolvesServerCert>);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { files, shown, acceptor: TlsAcceptor::from(Arc::new(config)) })
    }

    /// Reads the files again, for connections from now on; certificates end after some weeks, exams go on. When something
    /// is wrong with them, what was shown before is shown on.
    ///
    /// # Errors
    /// When they can't be read or don't go together.
    pub fn reload(&self) -> Result<(), TlsError> {
        let read = Arc::new(self.files.read(&ring::default_provider())?);
        *self.shown.0.write().unwrap_or_else(PoisonError::into_inner) = read;
        Ok(())
    }

    pub(crate) const fn acceptor(&self) -> &TlsAcceptor {
        &self.acceptor
    }
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Tls").field(&self.files).finish()
    }
}

#[derive(Debug)]
struct Shown(RwLock<Arc<CertifiedKey>>);

impl ResolvesServerCert for Shown {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner)))
    }
}
