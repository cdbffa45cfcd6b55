//! The two cookies: the session's refresh token, and the device's name. Scripts never see either.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::{
    AuthService,
    app::{hashes::Token, prune::DEVICES_STAY_DAYS},
    domain::refresh::SESSION_IDLE_HOURS,
};

/// The cookie that carries a session on.
pub const SESSION_COOKIE: &str = "exam_session";
/// The cookie by which a browser is known again.
pub const DEVICE_COOKIE: &str = "exam_device";

const SESSION_SECONDS: i64 = SESSION_IDLE_HOURS * 60 * 60;
const DEVICE_SECONDS: i64 = DEVICES_STAY_DAYS * 24 * 60 * 60;

/// The token in a cookie of the request, if it is one.
pub fn read(headers: &HeaderMap, name: &str) -> Option<Token> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .and_then(|(_, value)| Token::parse(value))
}

/// Keeps the session's token in the browser.
pub fn set_session(service: &AuthService, headers: &mut HeaderMap, token: &Token) {
    set(service, headers, SESSION_COOKIE, &token.text(), SESSION_SECONDS);
}

/// Removes the session's token from the browser.
pub fn clear_session(service: &AuthService, headers: &mut HeaderMap) {
    set(service, headers, SESSION_COOKIE, "", 0);
}

/// Names the device.
pub fn set_device(service: &AuthService, headers: &mut HeaderMap, device: &Token) {
    set(service, headers, DEVICE_COOKIE, &device.text(), DEVICE_SECONDS);
}

fn set(service: &AuthService, headers: &mut HeaderMap, name: &str, value: &str, seconds: i64) {
    let secure = if service.secure_cookies { "; Secure" } else { "" };
    let cookie =
        format!("{name}={value}; Path=/api/v1/auth; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    // A name, base64url and numbers are always a header's value.
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        headers.append(header::SET_COOKIE, cookie);
    }
}

#[cfg(test)]
mod tests {
    use foundation::SeededRandom;

    use super::*;

    #[test]
    fn a_cookie_is_found_among_others_and_nonsense_is_none() {
        let token = Token::new(&SeededRandom::new(1));
        let mut headers = HeaderMap::new();
        let value = format!("theme=dark; {SESSION_COOKIE}={}; x", token.text());
        headers.insert(header::COOKIE, HeaderValue::from_str(&value).unwrap());
        assert_eq!(read(&headers, SESSION_COOKIE), Some(token));
        assert_eq!(read(&headers, DEVICE_COOKIE), None);
        headers.insert(header::COOKIE, HeaderValue::from_static("exam_session=zzz; exam_session"));
        assert_eq!(read(&headers, SESSION_COOKIE), None);
    }
}
