//! Puts people on the roster of a sitting: one attempt each, with form, order and extra time decided now.

use std::{collections::HashMap, sync::Arc};

use authz::{AccountId, Actor, AttemptId};
use db::Conn;
use exam_api::{PaperId, SittingScheduled, kinds};
use foundation::{Instant, Problem};
use serde_json::json;

use super::{
    load::{cancelled, no_such_sitting},
    retime::{Moved, apply, tell},
};
use crate::{
    ExamService,
    app::{audited, hand_over::hand_over_at_once},
    domain::{
        arrangement::{Arrangement, arrange},
        attempt::{AttemptState, MarkingState, RosterStatus},
        paper::Paper,
        roster::Accommodation,
        seen::Seen,
        takeover::DeviceMove,
        time::ExtraTime,
    },
    service::SCHEMA,
    store::{self, attempts::AttemptRow, pauses::SittingPauses, sittings::SittingRow},
};

/// Somebody to put on a roster.
pub(super) struct Enrolment {
    pub account: AccountId,
    pub number: String,
    pub name: String,
    /// Extra time for this sitting; none for what stands for the person.
    pub extra: Option<Accommodation>,
    /// Where they sit; none to leave it as it is.
    pub room: Option<String>,
}

/// What became of enrolments.
#[derive(Default)]
pub(super) struct Enrolled {
    /// New on the roster.
    pub enrolled: usize,
    /// On it before.
    pub already: usize,
    /// On it before, with other extra time now.
    pub changed: usize,
    /// On it before, and in another room now.
    pub reseated: usize,
}

/// Whether anybody can still be enrolled. Entry may have opened: who enrols late starts late.
///
/// # Errors
/// 409 when the sitting was called off, or nobody can start any more.
pub(super) fn may_enrol(sitting: &SittingRow, now: Instant) -> Result<(), Problem> {
    if sitting.cancelled_at.is_some() {
        return Err(cancelled());
    }
    if now > sitting.times.entry_closes_at {
        return Err(Problem::conflict(
            "exam.entry_closed",
            "Nobody can start this sitting any more: extend its entry first, then enrol.",
        ));
    }
    Ok(())
}

/// The roster as it is, by person.
pub(super) async fn on_roster(
    conn: &mut Conn,
    sitting: &SittingRow,
) -> Result<HashMap<AccountId, AttemptRow>, Problem> {
    let rows = store::attempts::of_sitting(conn, sitting.id, None, i64::MAX).await?;
    Ok(rows.into_iter().map(|row| (row.candidate_id, row)).collect())
}

/// Enrols `people`, all or none. Who is on the roster already stays as they are, but for extra time that is named.
///
/// # Errors
/// 409 when nobody can be enrolled any more; when the database can't be read or written. Then nobody was enrolled.
pub(super) async fn enrol(
    service: &ExamService,
    actor: &Actor,
    sitting: &SittingRow,
    people: Vec<Enrolment>,
    source: &'static str,
) -> Result<Enrolled, Problem> {
    let now = service.clock.now();
    let mut conn = service.db.read().await?;
    let before = on_roster(&mut conn, sitting).await?;
    let mut new = materialise(service, &mut conn, sitting, &people, &before).await?;
    drop(conn);

    let mut enrolled = Enrolled::default();
    let mut moved = Vec::new();
    let mut tx = service.db.begin().await?;
    // Behind the lock nobody gives time to all, moves the times or calls the sitting off.
    store::sittings::lock(&mut tx, sitting.id).await?;
    let sitting = &store::sittings::find(&mut tx, sitting.id).await?.ok_or_else(no_such_sitting)?;
    may_enrol(sitting, now)?;
    let credit = store::sittings::credit_to_all(&mut tx, sitting.id).await?;
    let pauses = store::pauses::of_sittings(&mut tx, &[sitting.id]).await?;
    for person in &people {
        let Some((attempt, room)) = before.get(&person.account).zip(person.room.as_deref()) else { continue };
        if attempt.room != room {
            store::attempts::set_room(&mut tx, attempt.id, room).await?;
            enrolled.reseated += 1;
        }
    }
    let mut known: Vec<(AttemptId, Option<Accommodation>)> =
        people.iter().filter_map(|person| Some((before.get(&person.account)?.id, person.extra))).collect();
    enrolled.already = known.len();
    // In the order in which everybody locks attempts.
    known.sort_unstable_by_key(|(attempt, _)| *attempt);
    for (attempt, extra) in known {
        let Some(extra) = extra else { continue };
        if let Some(changed) = set_extra(&mut tx, sitting, &pauses, attempt, extra, now).await? {
            enrolled.changed += 1;
            moved.push(changed);
        }
    }
    let mut news = Vec::new();
    for (attempt, arrangement) in &mut new {
        attempt.extra.credit = credit;
        if store::attempts::insert(&mut tx, attempt, arrangement, now).await? {
            news.push(attempt.candidate_id);
        } else {
            enrolled.already += 1;
        }
    }
    enrolled.enrolled = news.len();
    if !news.is_empty() || enrolled.changed > 0 || enrolled.reseated > 0 {
        let detail = json!({
            "source": source, "enrolled": enrolled.enrolled, "extra_time_changed": enrolled.changed,
            "rooms_changed": enrolled.reseated,
        });
        let subject = ("sitting", sitting.id.to_string());
        audited::record(service, &mut tx, actor, "roster.enrolled", subject, detail).await?;
    }
    if !news.is_empty() {
        let fact = SittingScheduled {
            sitting_id: sitting.id,
            unit: sitting.unit.clone(),
            title: sitting.title.clone(),
            opens_at: sitting.times.opens_at,
            candidate_ids: news,
        };
        events::record(&mut tx, SCHEMA, &*service.clock, &*service.random, kinds::SITTING_SCHEDULED, &fact)
            .await?;
    }
    tx.commit().await?;
    tell(service, sitting.id, &moved);
    // Admission codes may be asked for next.
    hand_over_at_once(service, sitting.id).await;
    Ok(enrolled)
}

/// Gives an attempt other extra time by accommodation, if it is another, and if it can still use it.
async fn set_extra(
    tx: &mut db::Tx,
    sitting: &SittingRow,
    pauses: &SittingPauses,
    id: AttemptId,
    accommodation: Accommodation,
    now: Instant,
) -> Result<Option<Moved>, Problem> {
    store::attempts::lock(tx, &[id], true).await?;
    let Some(attempt) = store::attempts::find(tx, id).await? else { return Ok(None) };
    let extra = ExtraTime { percent: accommodation.percent, fixed: accommodation.fixed, ..attempt.extra };
    if extra == attempt.extra {
        return Ok(None);
    }
    Ok(apply(tx, &attempt, &sitting.times, extra, pauses, now).await?.ok().map(|(_, moved)| moved))
}

/// The attempts of those who aren't on the roster: forms by rotation, an order of their own, and what stands for the
/// person.
async fn materialise(
    service: &ExamService,
    conn: &mut Conn,
    sitting: &SittingRow,
    people: &[Enrolment],
    before: &HashMap<AccountId, AttemptRow>,
) -> Result<Vec<(AttemptRow, Arrangement)>, Problem> {
    let new: Vec<&Enrolment> = people.iter().filter(|person| !before.contains_key(&person.account)).collect();
    let forms = papers(service, conn, sitting).await?;
    let accounts: Vec<AccountId> = new.iter().map(|person| person.account).collect();
    let standing = store::rosters::standing(conn, &accounts).await?;
    let attempts = new.iter().enumerate().map(|(index, person)| {
        let (form_no, paper_id, paper) = &forms[(before.len() + index) % forms.len()];
        let own = person.extra.or_else(|| standing.get(&person.account).copied()).unwrap_or_default();
        let row = AttemptRow {
            id: AttemptId::new(&*service.clock, &*service.random),
            sitting_id: sitting.id,
            candidate_id: person.account,
            candidate_number: person.number.clone(),
            candidate_name: person.name.clone(),
            room: person.room.clone().unwrap_or_default(),
            partition_day: sitting.partition_day,
            paper_id: *paper_id,
            form_no: *form_no,
            roster_status: RosterStatus::Expected,
            state: AttemptState::Scheduled,
            lease_no: 0,
            lease_device: None,
            device_move: DeviceMove::default(),
            extra: ExtraTime { percent: own.percent, fixed: own.fixed, ..ExtraTime::default() },
            started_at: None,
            deadline: None,
            closes_at: None,
            submitted_at: None,
            ended_at: None,
            paused_at: None,
            resumed_at: None,
            seen: Seen::default(),
            marking: MarkingState::None,
            score: None,
            passed_over: 0,
            version: 1,
        };
        (row, arrange(paper, &*service.random))
    });
    Ok(attempts.collect())
}

/// The papers in use; never none.
async fn papers(
    service: &ExamService,
    conn: &mut Conn,
    sitting: &SittingRow,
) -> Result<Vec<(i64, PaperId, Arc<Paper>)>, Problem> {
    let mut papers = Vec::new();
    for form in store::papers::forms(conn, sitting.publication_id).await? {
        if sitting.forms.is_empty() || sitting.forms.contains(&form.form_no) {
            papers.push((form.form_no, form.id, service.papers.paper(conn, form.id).await?));
        }
    }
    if papers.is_empty() {
        return Err(Problem::internal(format!("sitting {} has no form to give out", sitting.id)));
    }
    Ok(papers)
}
