//! An officer gives a candidate extra time by accommodation: for one attempt, or as what stands for the person.

use authz::{AccountId, Action, Actor, AttemptId, SittingId};
use foundation::{FieldProblem, Problem, Span};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    list_roster::RosterEntry,
    load::{load, load_attempt},
    refusal::cant_retime,
    retime::{apply, tell},
};
use crate::{
    ExamService,
    app::audited,
    domain::{
        roster::{Accommodation, EXTRA_MINUTES_MAX, EXTRA_PERCENT_MAX},
        time::ExtraTime,
    },
    store,
};

/// Extra time as a person types it.
#[derive(Clone, Copy, Debug)]
pub struct Extra {
    /// Percent of the duration.
    pub percent: u32,
    /// Minutes.
    pub minutes: u32,
}

impl Extra {
    fn checked(self) -> Result<Accommodation, Problem> {
        let mut errors = Vec::new();
        for (field, value, max) in [
            ("extra_percent", self.percent, EXTRA_PERCENT_MAX),
            ("extra_minutes", self.minutes, EXTRA_MINUTES_MAX),
        ] {
            if value > max {
                errors.push(FieldProblem::at(field, "out_of_range", format!("At most {max}.")));
            }
        }
        if errors.is_empty() {
            let fixed = Span::from_minutes(i64::from(self.minutes));
            Ok(Accommodation { percent: self.percent, fixed })
        } else {
            Err(Problem::invalid("exam.accommodation_invalid", "That is too much; see `errors`.", errors))
        }
    }
}

/// Extra time that stands for a person: taken into each attempt that is made for them from now on.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct StandingAccommodation {
    /// Who.
    pub candidate_id: AccountId,
    /// Percent of the duration.
    pub extra_percent: u32,
    /// Minutes.
    pub extra_minutes: i64,
}

impl StandingAccommodation {
    fn new(candidate_id: AccountId, standing: Accommodation) -> Self {
        Self {
            candidate_id,
            extra_percent: standing.percent,
            extra_minutes: standing.fixed.as_seconds() / 60,
        }
    }
}

/// Sets an attempt's extra time by accommodation; one that runs gets its new deadline at once. With `standing` it is
/// remembered for the person too.
///
/// # Errors
/// 404 when the sitting or the attempt isn't there or lies elsewhere; 409 when the attempt is over or would be cut
/// off; 422 when it is too much.
pub async fn set_accommodation(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    attempt: AttemptId,
    extra: Extra,
    standing: bool,
) -> Result<RosterEntry, Problem> {
    let now = service.clock.now();
    let mut conn = service.db.read().await?;
    load(&mut conn, actor, Action::ManageSittings, id).await?;
    load_attempt(&mut conn, id, attempt).await?;
    drop(conn);
    let wanted = extra.checked()?;
    let mut tx = service.db.begin().await?;
    store::attempts::lock(&mut tx, &[attempt], true).await?;
    let before = load_attempt(&mut tx, id, attempt).await?;
    // Read behind the lock: whoever changes the sitting's times waits for it, or was here before.
    let sitting = load(&mut tx, actor, Action::ManageSittings, id).await?;
    let extra = ExtraTime { percent: wanted.percent, fixed: wanted.fixed, ..before.extra };
    let mut moved = Vec::new();
    if extra != before.extra {
        let pauses = store::pauses::of_sittings(&mut tx, &[id]).await?;
        match apply(&mut tx, &before, &sitting.times, extra, &pauses, now).await? {
            Ok((_, changed)) => moved.push(changed),
            Err(why) => return Err(cant_retime(why)),
        }
    }
    if standing {
        let (by, candidate) = (actor.account(), before.candidate_id);
        store::sittings::set_accommodation(&mut tx, candidate, wanted.percent, wanted.fixed, by, now).await?;
    }
    let detail = json!({
        "sitting": id, "extra_percent": wanted.percent, "extra_seconds": wanted.fixed.as_seconds(),
        "standing": standing,
    });
    let subject = ("attempt", attempt.to_string());
    audited::record(service, &mut tx, actor, "accommodation.set", subject, detail).await?;
    let after = load_attempt(&mut tx, id, attempt).await?;
    tx.commit().await?;
    tell(service, id, &moved);
    Ok(RosterEntry::from(after))
}

/// What stands for a person; nothing extra where nothing was set.
///
/// # Errors
/// 404 for a person who is on no roster of the actor's units.
pub async fn read_standing(
    service: &ExamService,
    actor: &Actor,
    person: AccountId,
) -> Result<StandingAccommodation, Problem> {
    known(service, actor, person).await?;
    let mut conn = service.db.read().await?;
    let (percent, fixed) = store::sittings::accommodation(&mut conn, person).await?.unwrap_or_default();
    Ok(StandingAccommodation::new(person, Accommodation { percent, fixed }))
}

/// Sets what stands for a person. Attempts that were made already stay as they are.
///
/// # Errors
/// 404 for a person who is on no roster of the actor's units; 422 when it is too much.
pub async fn set_standing(
    service: &ExamService,
    actor: &Actor,
    person: AccountId,
    extra: Extra,
) -> Result<StandingAccommodation, Problem> {
    known(service, actor, person).await?;
    let wanted = extra.checked()?;
    let now = service.clock.now();
    let mut tx = service.db.begin().await?;
    store::sittings::set_accommodation(&mut tx, person, wanted.percent, wanted.fixed, actor.account(), now)
        .await?;
    let detail = json!({ "extra_percent": wanted.percent, "extra_seconds": wanted.fixed.as_seconds() });
    let subject = ("account", person.to_string());
    audited::record(service, &mut tx, actor, "accommodation.standing_set", subject, detail).await?;
    tx.commit().await?;
    Ok(StandingAccommodation::new(person, wanted))
}

/// An officer knows who is on a roster of their units; one of the whole institution knows everybody.
async fn known(service: &ExamService, actor: &Actor, person: AccountId) -> Result<(), Problem> {
    let units = actor.units(Action::ManageSittings);
    if units.contains(&authz::UnitPath::institution()) {
        return Ok(());
    }
    let mut conn = service.db.read().await?;
    if store::rosters::known_to(&mut conn, person, &units).await? {
        Ok(())
    } else {
        Err(Problem::not_found("exam.candidate_not_found", "There is no such candidate in your units."))
    }
}
