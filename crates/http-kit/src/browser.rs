//! Headers that tell browsers what they may do with our answers.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use tower_http::cors::{AllowOrigin, CorsLayer};

/// No inline script, no inline style, no foreign origin; `blob:` and `data:` for the answer file and for pictures that
/// the page draws itself. What React and KaTeX set through the object model needs no exception.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; \
    manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Adds the security headers to an answer.
pub(crate) fn set_security_headers(headers: &mut HeaderMap) {
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "no-referrer");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(self), microphone=(self), geolocation=()");
}

/// Which other origins may call us from a browser; none unless configured.
#[derive(Clone, Debug, Default)]
pub struct Cors {
    origins: Vec<HeaderValue>,
}

impl Cors {
    /// Reads a comma-separated list of origins such as `https://app.example.org`.
    ///
    /// # Errors
    /// Names the origin that isn't one; `*` is refused, because credentials travel.
    pub fn parse(list: &str) -> Result<Self, String> {
        let mut origins = Vec::new();
        for origin in list.split(',').map(str::trim).filter(|origin| !origin.is_empty()) {
            let plain = origin
                .strip_prefix("https://")
                .or_else(|| origin.strip_prefix("http://"))
                .is_some_and(|host| !host.is_empty() && !host.contains(['/', '*', ' ']));
            match HeaderValue::from_str(origin) {
                Ok(value) if plain => origins.push(value),
                _ => return Err(format!("{origin:?} is not an origin such as https://app.example.org")),
            }
        }
        Ok(Self { origins })
    }

    /// The layer that answers them; none where nobody may.
    pub(crate) fn layer(&self) -> Option<CorsLayer> {
        if self.origins.is_empty() {
            return None;
        }
        let layer = CorsLayer::new()
            .allow_origin(AllowOrigin::list(self.origins.clone()))
            .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
            .allow_headers([
                header::AUTHORIZATION,
                header::CONTENT_TYPE,
                header::IF_MATCH,
                HeaderName::from_static(crate::TICKET_HEADER),
                HeaderName::from_static("idempotency-key"),
                HeaderName::from_static("x-safeexambrowser-configkeyhash"),
                HeaderName::from_static("x-safeexambrowser-requesthash"),
            ])
            .allow_credentials(true);
        Some(layer)
    }
}
