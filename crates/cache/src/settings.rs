//! Where Redis is.

use std::fmt;

use redis::{Client, IntoConnectionInfo as _, TlsCertificates};

/// Where Redis is.
#[derive(Clone)]
pub struct CacheSettings {
    pub(crate) client: Client,
    shown: String,
}

/// What is wrong with Redis, or with what was said about it.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    /// The address can't be read. It may hold a password, so it isn't shown.
    #[error("REDIS_URL must be redis://USER:PASSWORD@HOST:PORT, or rediss:// for TLS")]
    Address,
    /// The certificates can't be read.
    #[error("REDIS_CA holds no certificates that can be read (PEM)")]
    Certificates,
    /// It could drop our keys.
    #[error(
        "Redis at REDIS_URL may drop keys: maxmemory is {maxmemory} bytes and maxmemory-policy is {policy}. \
         Set maxmemory-policy to noeviction, or give exam-system a Redis of its own"
    )]
    Evicts {
        /// Its bound, in bytes.
        maxmemory: u64,
        /// What it does at the bound.
        policy: String,
    },
    /// It refused, or is away.
    #[error("Redis: {0}")]
    Redis(#[from] redis::RedisError),
    /// It didn't answer in time.
    #[error("Redis didn't answer in time")]
    Slow,
}

impl CacheSettings {
    /// Reads an address. `ca` holds the certificates (PEM) that `rediss://` trusts instead of the system's.
    ///
    /// # Errors
    /// When the address or the certificates can't be read.
    pub fn parse(url: &str, ca: Option<&str>) -> Result<Self, CacheError> {
        let info = url.into_connection_info().map_err(|_| CacheError::Address)?;
        let shown = info.addr().to_string();
        // The second time it says that there is one already, which is what we want.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = if url.starts_with("rediss://") {
            let root_cert = ca.map(|text| text.as_bytes().to_vec());
            Client::build_with_tls(info, TlsCertificates { client_tls: None, root_cert })
                .map_err(|_| CacheError::Certificates)?
        } else {
            Client::open(info).map_err(|_| CacheError::Address)?
        };
        Ok(Self { client, shown })
    }
}

impl fmt::Debug for CacheSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CacheSettings({})", self.shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_an_error_nor_a_log_line_shows_the_password() {
        let error = CacheSettings::parse("http://:hush@host/", None).unwrap_err().to_string();
        let settings = CacheSettings::parse("redis://:hush@host:6379", None).unwrap();
        assert!(!error.contains("hush") && !format!("{settings:?}").contains("hush"));
    }
}
