//! Where a service can be reached.

use std::{
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use http::Uri;

/// The addresses of a service's replicas, or of what stands in front of them: `http://auth-1:8080,http://auth-2:8080`.
#[derive(Clone, Debug)]
pub struct Addresses {
    all: Arc<[String]>,
    next: Arc<AtomicUsize>,
}

/// A text that isn't a list of addresses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an address such as http://auth-service:8080")]
pub struct AddressesError(String);

impl Addresses {
    /// No address: every call answers that the service is away. For commands that call nobody.
    pub fn none() -> Self {
        Self { all: Arc::from(Vec::new()), next: Arc::default() }
    }

    /// Every address once, starting with another one each time, so that replicas share the calls.
    pub(crate) fn in_turn(&self) -> Vec<&str> {
        let first = self.next.fetch_add(1, Ordering::Relaxed);
        (0..self.all.len()).map(|step| self.all[(first + step) % self.all.len()].as_str()).collect()
    }
}

impl FromStr for Addresses {
    type Err = AddressesError;

    fn from_str(text: &str) -> Result<Self, AddressesError> {
        let mut all = Vec::new();
        for one in text.split(',').map(str::trim).filter(|one| !one.is_empty()) {
            let one = one.trim_end_matches('/');
            let refused = || AddressesError(one.to_owned());
            let uri: Uri = one.parse().map_err(|_| refused())?;
            let plain = uri.path() == "/" && uri.query().is_none() && uri.authority().is_some();
            if !plain || !matches!(uri.scheme_str(), Some("http" | "https")) {
                return Err(refused());
            }
            all.push(one.to_owned());
        }
        if all.is_empty() {
            return Err(AddressesError(text.to_owned()));
        }
        Ok(Self { all: Arc::from(all), next: Arc::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replicas_take_turns_and_what_is_no_address_is_refused() {
        let two: Addresses = "http://a:1/, https://b:2".parse().unwrap();
        assert_eq!(two.in_turn(), ["http://a:1", "https://b:2"]);
        assert_eq!(two.in_turn(), ["https://b:2", "http://a:1"]);
        assert!(Addresses::none().in_turn().is_empty());
        for text in ["", "a:1", "ftp://a", "http://a/path", "http://a?x=1", "http://"] {
            assert!(text.parse::<Addresses>().is_err(), "{text}");
        }
    }
}
