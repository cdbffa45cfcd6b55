//! A candidate checks in and gets the exam ticket.

use authz::{Action, Actor, AttemptId, SittingId, Ticket};
use foundation::{Instant, Problem};

use crate::{
    AuthService,
    app::{me, problems},
    domain::{check_in::NotNow, code::Code},
    store::{self, admissions::Admitted},
};

/// A candidate who may enter an attempt.
#[derive(Clone, Debug)]
pub struct CheckedIn {
    /// The sealed ticket.
    pub ticket: String,
    /// The attempt that it opens.
    pub attempt: AttemptId,
    /// The attempt's sitting.
    pub sitting: SittingId,
    /// The candidate's name.
    pub candidate_name: String,
    /// When the ticket stops being good.
    pub expires_at: Instant,
}

/// Checks a candidate in by admission code. The code works again until the sitting is over: a device may break.
///
/// # Errors
/// 422 for a typing mistake, 401 for a code that nobody has, 403 when withdrawn or disabled, 409 when too early or
/// over, 429 when the same code is tried too often.
pub async fn by_code(service: &AuthService, typed: &str) -> Result<CheckedIn, Problem> {
    let code = Code::parse(typed).map_err(problems::mistyped)?;
    let code_hash = service.hashes.admission_code(&code);
    service
        .limits
        .check_in
        .take(&code_hash, service.clock.now())
        .inspect_err(|_| problems::count_failure("rate_limited"))?;
    let admitted = service.lookups.find(code_hash).await?.ok_or_else(|| {
        problems::count_failure("unknown_code");
        Problem::unauthenticated(
            "auth.code_unknown",
            "Nobody has this code. It may have been replaced by a newer one: ask your invigilator.",
        )
    })?;
    enter(service, admitted)
}

/// Gives a signed-in candidate the ticket of an attempt of their own.
///
/// # Errors
/// 404 for an attempt that isn't theirs; otherwise as [`by_code`].
pub async fn by_account(
    service: &AuthService,
    actor: &Actor,
    attempt: AttemptId,
) -> Result<CheckedIn, Problem> {
    let caller = me::signed_in(actor)?;
    if !actor.may_somewhere(Action::SitExams) {
        return Err(Problem::forbidden());
    }
    service.limits.ticket.take(caller.account.uuid().as_bytes(), service.clock.now())?;
    let mut conn = service.db.read().await?;
    let account = me::load(service, &mut conn, caller).await?;
    let admitted = store::admissions::find_by_attempt(&mut conn, attempt).await?;
    drop(conn);
    let admitted =
        admitted.filter(|admitted| admitted.admission.candidate == account.id).ok_or_else(|| {
            Problem::not_found(
                "auth.admission_not_found",
                "You are on no list for this exam. Ask your exam office.",
            )
        })?;
    enter(service, admitted)
}

fn enter(service: &AuthService, admitted: Admitted) -> Result<CheckedIn, Problem> {
    let Admitted { admission, candidate_name, disabled } = admitted;
    if disabled {
        return Err(problems::account_disabled());
    }
    admission.check_in(service.clock.now()).map_err(not_now)?;
    let ticket = Ticket {
        attempt: admission.attempt,
        sitting: admission.sitting,
        candidate: admission.candidate,
        expires_at: admission.ticket_expires_at(),
    };
    Ok(CheckedIn {
        ticket: service.tickets.seal(&ticket),
        attempt: ticket.attempt,
        sitting: ticket.sitting,
        candidate_name,
        expires_at: ticket.expires_at,
    })
}

fn not_now(why: NotNow) -> Problem {
    match why {
        NotNow::TooEarly { check_in_opens_at } => {
            problems::count_failure("too_early");
            Problem::conflict("auth.too_early", "Check-in isn't open yet. It opens an hour before the exam.")
                .facts(serde_json::json!({ "check_in_opens_at": check_in_opens_at }))
        }
        NotNow::Over { closed_at } => {
            problems::count_failure("sitting_over");
            Problem::conflict(
                "auth.sitting_over",
                "This sitting is over. If that is a mistake, tell your invigilator.",
            )
            .facts(serde_json::json!({ "closed_at": closed_at }))
        }
        NotNow::Withdrawn => {
            problems::count_failure("withdrawn");
            Problem::new(
                403,
                "auth.withdrawn",
                "You are no longer on the list of this sitting. If that is a mistake, tell your invigilator.",
            )
        }
    }
}
