//! An officer schedules a sitting.

use std::collections::BTreeSet;

use authz::{Action, Actor, SittingId, UnitId, authorize};
use db::Conn;
use exam_api::{ExamId, PublicationId, SittingScheduled, kinds};
use foundation::{FieldProblem, Problem, Span};
use serde_json::json;

use super::{Plan, SittingView, load::load, plan::invalid, view::view};
use crate::{
    ExamService,
    app::{audited, exams::load as exams, units::unit_path},
    domain::outages::OUTAGE_CREDIT_MINUTES_DEFAULT,
    service::SCHEMA,
    store::{self, sittings::SittingRow},
};

/// A sitting to schedule.
#[derive(Clone, Debug)]
pub struct NewSitting {
    /// The exam; its newest publication is sat.
    pub exam_id: ExamId,
    /// The unit it belongs to; none for the exam's.
    pub unit_id: Option<UnitId>,
    /// Title and times.
    pub plan: Plan,
    /// Whether it counts for nothing.
    pub practice: bool,
    /// The forms in use; empty for all, or for all others when it replaces a sitting.
    pub forms: Vec<i64>,
    /// The sitting that it replaces.
    pub replaces_id: Option<SittingId>,
}

/// Schedules a sitting of an exam's newest publication.
///
/// # Errors
/// 404 for an exam or a replaced sitting that isn't there or lies elsewhere; 403 where the actor is no officer; 409
/// when nothing was published; 422 naming every field that makes no sense.
pub async fn schedule_sitting(
    service: &ExamService,
    actor: &Actor,
    new: NewSitting,
) -> Result<SittingView, Problem> {
    let now = service.clock.now();
    let mut conn = service.db.read().await?;
    let exam = exams::load(&mut conn, actor, Action::ReadExams, new.exam_id).await?;
    drop(conn);
    let unit = match new.unit_id {
        Some(unit) => unit_path(service, Some(unit)).await?,
        None => exam.unit,
    };
    authorize(actor, Action::ManageSittings, &unit)?;
    if exam.archived_at.is_some() {
        return Err(Problem::conflict(
            "exam.archived",
            "This exam was put away. Bring it back to schedule it.",
        ));
    }
    let publication_id = exam.publication_id.ok_or_else(|| {
        Problem::conflict("exam.not_published", "Publish the exam first; then it can be scheduled.")
    })?;
    let mut conn = service.db.read().await?;
    let publication = service.papers.publication(&mut conn, publication_id).await?;
    let times = new.plan.checked(&publication.rules, now)?;
    let usual = Span::from_minutes(i64::from(OUTAGE_CREDIT_MINUTES_DEFAULT));
    let outage_credit_max = new.plan.outage_credit_max().unwrap_or(usual);
    let forms = forms(&mut conn, actor, &new, publication_id).await?;
    drop(conn);

    let sitting = SittingRow {
        id: SittingId::new(&*service.clock, &*service.random),
        exam_id: new.exam_id,
        publication_id,
        unit,
        title: new.plan.title.into_string(),
        time_zone: new.plan.time_zone.into_string(),
        times,
        takeover: new.plan.takeover.unwrap_or_default(),
        outage_credit_max,
        outages: 0,
        practice: new.practice,
        forms,
        replaces_id: new.replaces_id,
        partition_day: times.opens_at.as_seconds().div_euclid(86_400),
        paused_at: None,
        cancelled_at: None,
        version: 1,
        created_by: actor.account(),
        created_at: now,
    };
    let mut tx = service.db.begin().await?;
    store::sittings::insert(&mut tx, &sitting).await?;
    let detail = json!({
        "exam": sitting.exam_id, "publication": publication_id, "title": sitting.title,
        "opens_at": times.opens_at, "window_ends_at": times.window_ends_at, "replaces": sitting.replaces_id,
    });
    let subject = ("sitting", sitting.id.to_string());
    audited::record(service, &mut tx, actor, "sitting.scheduled", subject, detail).await?;
    let fact = SittingScheduled {
        sitting_id: sitting.id,
        unit: sitting.unit.clone(),
        title: sitting.title.clone(),
        opens_at: times.opens_at,
        candidate_ids: Vec::new(),
    };
    events::record(&mut tx, SCHEMA, &*service.clock, &*service.random, kinds::SITTING_SCHEDULED, &fact)
        .await?;
    tx.commit().await?;
    let mut conn = service.db.read().await?;
    view(service, &mut conn, sitting).await
}

/// The forms that the sitting uses. One that replaces another of the same publication uses other forms: who has seen
/// a paper, or heard of it, gets another one.
async fn forms(
    conn: &mut Conn,
    actor: &Actor,
    new: &NewSitting,
    publication: PublicationId,
) -> Result<Vec<i64>, Problem> {
    let all: Vec<i64> =
        store::papers::forms(conn, publication).await?.iter().map(|form| form.form_no).collect();
    let mut used = BTreeSet::new();
    if let Some(replaced) = new.replaces_id {
        let replaced = load(conn, actor, Action::ReadSittings, replaced).await?;
        if replaced.exam_id != new.exam_id {
            return Err(invalid(vec![FieldProblem::at(
                "replaces_id",
                "exam.replaces_another_exam",
                "A replacement is of the same exam.",
            )]));
        }
        if replaced.publication_id == publication {
            used.extend(replaced.forms);
        }
    }
    let free: Vec<i64> = all.iter().copied().filter(|form| !used.contains(form)).collect();
    let wanted: BTreeSet<i64> = new.forms.iter().copied().collect();
    let refused = |code: &str, message: &str| invalid(vec![FieldProblem::at("forms", code, message)]);
    if let Some(unknown) = wanted.iter().find(|form| !all.contains(form)) {
        return Err(refused("exam.form_unknown", &format!("The publication has no form {unknown}.")));
    }
    if let Some(seen) = wanted.iter().find(|form| used.contains(form)) {
        let message = format!("Form {seen} is used by the sitting that this one replaces.");
        return Err(refused("exam.form_used", &message));
    }
    if free.is_empty() {
        return Err(refused(
            "exam.no_other_form",
            "Every form was used by the sitting that this one replaces: publish the exam again, or with more forms.",
        ));
    }
    Ok(if wanted.is_empty() { free } else { wanted.into_iter().collect() })
}
