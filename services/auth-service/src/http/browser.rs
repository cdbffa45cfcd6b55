//! The browser that a request comes from.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, header, request::Parts},
};

use super::cookies::{DEVICE_COOKIE, SESSION_COOKIE, read};
use crate::{
    AuthService,
    app::{
        hashes::Token,
        open_session::{Browser, USER_AGENT_CHARACTERS_MAX},
    },
};

/// Where proxies write whom they speak for.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The browser that a request comes from.
#[derive(Clone, Debug)]
pub struct Visitor(pub Browser);

impl FromRequestParts<Arc<AuthService>> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, service: &Arc<AuthService>) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        Ok(Self(Browser {
            address: address(peer, &parts.headers, service.trusted_proxies),
            device: read(&parts.headers, DEVICE_COOKIE),
            user_agent: user_agent(&parts.headers),
        }))
    }
}

/// The refresh token that a request brings.
#[derive(Clone, Debug)]
pub struct RefreshToken(pub Option<Token>);

impl FromRequestParts<Arc<AuthService>> for RefreshToken {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<AuthService>) -> Result<Self, Infallible> {
        Ok(Self(read(&parts.headers, SESSION_COOKIE)))
    }
}

/// The address that the outermost trusted proxy saw; the connection's own where there is no proxy. What stands further
/// left in the header was written by the client and counts for nothing.
fn address(peer: Option<IpAddr>, headers: &HeaderMap, trusted_proxies: u8) -> String {
    let forwarded: Vec<IpAddr> = headers
        .get_all(FORWARDED_FOR)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|address| address.trim().parse().ok())
        .collect();
    let hops = usize::from(trusted_proxies);
    let seen = if hops == 0 { None } else { forwarded.len().checked_sub(hops).map(|index| forwarded[index]) };
    seen.or(peer).map_or_else(|| "unknown".to_owned(), network)
}

/// An IPv4 address, or the /64 network of an IPv6 one: a client has all of that at its disposal.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

fn user_agent(headers: &HeaderMap) -> String {
    headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("")
        .chars()
        .filter(|c| !c.is_control())
        .take(USER_AGENT_CHARACTERS_MAX)
        .collect()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn only_what_a_trusted_proxy_wrote_counts_as_the_address() {
        let mut headers = HeaderMap::new();
        headers.insert(FORWARDED_FOR, HeaderValue::from_static("1.1.1.1, 203.0.113.7, 10.0.0.2"));
        let peer = Some("10.0.0.1".parse().unwrap());
        assert_eq!(address(peer, &headers, 0), "10.0.0.1");
        assert_eq!(address(peer, &headers, 1), "10.0.0.2");
        assert_eq!(address(peer, &headers, 2), "203.0.113.7");
        assert_eq!(address(peer, &headers, 9), "10.0.0.1");
        assert_eq!(address(None, &HeaderMap::new(), 1), "unknown");
    }

    #[test]
    fn a_client_can_not_change_its_source_within_its_own_network() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), "192.0.2.1");
    }
}
