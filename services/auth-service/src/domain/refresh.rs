//! What a refresh token is good for when it is presented.

use foundation::{Instant, Span};

/// How long a session lives without being used.
pub const SESSION_IDLE_HOURS: i64 = 12;
/// How long a session lives at all.
pub const SESSION_DAYS_MAX: i64 = 7;
/// How long a used token still gives its successor: two tabs that renew at the same moment are no theft.
pub const REUSE_GRACE_SECONDS: i64 = 10;

/// A session and the token that was presented for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presented {
    /// Whether the session was ended.
    pub ended: bool,
    /// When the session ends by itself.
    pub expires_at: Instant,
    /// When the token was used, if it was, and the salt of its successor.
    pub used: Option<(Instant, Vec<u8>)>,
}

/// What to do with a presented token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Renewal {
    /// Give it a successor.
    Rotate,
    /// Give the successor that it has, made with this salt.
    Repeat(Vec<u8>),
    /// It was used before: somebody has a copy. End the session.
    Reused,
    /// The session is over.
    Over,
}

impl Presented {
    /// What to do `now`.
    pub fn renewal(self, now: Instant) -> Renewal {
        if self.ended || now >= self.expires_at {
            return Renewal::Over;
        }
        match self.used {
            None => Renewal::Rotate,
            Some((at, salt)) if now < at + Span::from_seconds(REUSE_GRACE_SECONDS) => Renewal::Repeat(salt),
            Some(_) => Renewal::Reused,
        }
    }
}

/// When a session that is used `now` ends by itself.
pub fn expires_at(created_at: Instant, now: Instant) -> Instant {
    let idle = now + Span::from_minutes(60 * SESSION_IDLE_HOURS);
    idle.min(created_at + Span::from_minutes(24 * 60 * SESSION_DAYS_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Instant = Instant::from_micros(1_000_000_000);

    fn used(seconds_ago: i64) -> Presented {
        let at = AT - Span::from_seconds(seconds_ago);
        Presented { ended: false, expires_at: AT + Span::from_seconds(1), used: Some((at, vec![1])) }
    }

    #[test]
    fn a_token_rotates_once_repeats_for_a_racing_tab_and_then_betrays_its_copy() {
        assert_eq!(Presented { used: None, ..used(0) }.renewal(AT), Renewal::Rotate);
        assert_eq!(used(9).renewal(AT), Renewal::Repeat(vec![1]));
        assert_eq!(used(10).renewal(AT), Renewal::Reused);
    }

    #[test]
    fn an_ended_or_expired_session_renews_nothing() {
        assert_eq!(Presented { ended: true, ..used(0) }.renewal(AT), Renewal::Over);
        assert_eq!(Presented { expires_at: AT, ..used(0) }.renewal(AT), Renewal::Over);
    }

    #[test]
    fn a_session_that_is_used_every_hour_still_ends_within_its_longest_life() {
        let created = AT;
        assert_eq!(expires_at(created, created), created + Span::from_minutes(12 * 60));
        let late = created + Span::from_minutes((7 * 24 - 1) * 60);
        assert_eq!(expires_at(created, late), created + Span::from_minutes(7 * 24 * 60));
    }
}
