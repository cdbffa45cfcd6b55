//! What people are told in more than one place.

use foundation::{FieldProblem, Instant, Problem, Span};
use telemetry::names;

use crate::domain::{
    code::Mistyped,
    password::{Fault, Password},
    rate::retry_after,
};

/// Counts a refused sign-in or check-in. `reason` is one of a few words, never a name.
pub fn count_failure(reason: &'static str) {
    metrics::counter!(names::AUTH_FAILURES_TOTAL, "reason" => reason).increment(1);
}

/// The user name or the password is wrong; which of them is nobody's business.
pub fn wrong_credentials() -> Problem {
    count_failure("wrong_credentials");
    Problem::unauthenticated(
        "auth.wrong_credentials",
        "The user name or the password is wrong. Check both; a new password comes from your exam office.",
    )
}

/// Too many failures from the same source.
pub fn locked(now: Instant, until: Instant) -> Problem {
    count_failure("locked");
    let seconds = retry_after(until.since(now));
    Problem {
        retry_after_seconds: Some(seconds),
        ..Problem::new(
            429,
            "auth.locked",
            format!("Too many wrong passwords. Try again in {seconds} seconds, or use your admission code."),
        )
    }
}

/// The account can't be used.
pub fn account_disabled() -> Problem {
    count_failure("account_disabled");
    Problem::new(403, "auth.account_disabled", "This account has been disabled. Ask your exam office.")
}

/// The session is over.
pub fn session_ended() -> Problem {
    Problem::unauthenticated("auth.session_ended", "You have been signed out. Sign in again.")
}

/// No such account, or none that the actor may know of.
pub fn account_not_found() -> Problem {
    Problem::not_found("auth.account_not_found", "There is no such account among the people you look after.")
}

/// No such unit, or none that the actor may know of.
pub fn unit_not_found() -> Problem {
    Problem::not_found("auth.unit_not_found", "There is no such unit among yours.")
}

/// No such sitting, or none that the actor may know of.
pub fn sitting_not_found() -> Problem {
    Problem::not_found("auth.sitting_not_found", "There is no such sitting among yours.")
}

/// A code that can't be one: a typing mistake, told from a code that nobody has.
pub fn mistyped(why: Mistyped) -> Problem {
    count_failure("code_mistyped");
    Problem::invalid(
        "auth.code_mistyped",
        "That can't be a code: check it letter by letter.",
        vec![FieldProblem::at("code", "mistyped", format!("{}.", capitalised(&why.to_string())))],
    )
}

/// Checks a new password.
///
/// # Errors
/// 422 with everything that is wrong with it.
pub fn check_new_password(password: &Password, names: &[&str], field: &'static str) -> Result<(), Problem> {
    let faults = password.faults(names);
    if faults.is_empty() { Ok(()) } else { Err(weak_password(&faults, field)) }
}

/// A password that isn't good enough.
pub fn weak_password(faults: &[Fault], field: &'static str) -> Problem {
    let errors = faults.iter().map(|fault| fault.at(field)).collect();
    Problem::invalid("auth.password_weak", "This password is too easy to guess; see `errors`.", errors)
}

/// Days as a span.
pub const fn days(days: i64) -> Span {
    Span::from_minutes(days * 24 * 60)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
