//! What a sitting does about an outage that was measured: by its policy, everybody concerned gets the time back.

use std::sync::Arc;

use authz::{Actor, AttemptId, SittingId};
use db::{Db, Tx};
use events::{Signal, Signals};
use exam_api::OutageId;
use foundation::{Clock, Instant, Random, Span};
use serde_json::json;

use crate::{
    domain::{
        attempt::AttemptState,
        outages::{Gap, OutageDecision, decide},
        time::{Ends, ends},
    },
    service::SCHEMA,
    store::{self, attempts::Timed, outages::OutageRow, sittings::SittingRow},
};

/// What settling needs: the writer that measured settles too.
#[derive(Clone)]
pub(super) struct Office {
    pub db: Db,
    pub signals: Signals,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
}

/// Notes an outage for every sitting that it concerned; answers how many.
///
/// # Errors
/// When the database can't be read or written.
pub(super) async fn note(office: &Office, tx: &mut Tx, gap: &Gap) -> db::Result<usize> {
    let now = office.clock.now();
    let sittings = store::outages::sittings_in(tx, gap).await?;
    for sitting in &sittings {
        let id = OutageId::new(&*office.clock, &*office.random);
        store::outages::insert(tx, id, *sitting, gap, now).await?;
    }
    Ok(sittings.len())
}

/// Does what sittings do about the outages that are noted and not settled. Each is a transaction of its own, and one that
/// can't be settled keeps no other one waiting; answers how many are left because of something that won't pass by itself.
///
/// # Errors
/// When the database can't be read or written, or somebody else holds a sitting's rows: nothing may be judged before the time
/// is given back, and what passes is worth waiting for.
pub(super) async fn settle_all(office: &Office) -> db::Result<usize> {
    let mut conn = office.db.read().await?;
    let unsettled = store::outages::unsettled(&mut conn).await?;
    drop(conn);
    let (mut left, mut passing) = (0, None);
    for (id, sitting) in unsettled {
        if let Err(error) = settle(office, id, sitting).await {
            tracing::error!(%error, outage = %id, sitting = %sitting, "outage not settled; trying again");
            if error.is_unavailable() {
                passing = Some(error);
            } else {
                left += 1;
            }
        }
    }
    passing.map_or(Ok(left), Err)
}

async fn settle(office: &Office, id: OutageId, sitting: SittingId) -> db::Result<()> {
    let now = office.clock.now();
    let mut tx = office.db.begin().await?;
    store::sittings::lock(&mut tx, sitting).await?;
    store::attempts::lock_sitting(&mut tx, sitting).await?;
    // Another process may have been faster.
    let found = store::outages::find(&mut tx, id).await?;
    let Some(mut outage) = found.filter(|outage| outage.decision.is_none()) else { return Ok(()) };
    let Some(row) = store::sittings::find(&mut tx, sitting).await? else {
        return Err(db::Error::corrupt("exam.outages", "sitting_id", id, "no such sitting"));
    };
    let decision = match row.cancelled_at {
        Some(_) => OutageDecision::Off,
        None => decide(row.outage_credit_max, &outage.gap),
    };
    outage.decision = Some(decision);
    if decision == OutageDecision::Credited {
        credit(&mut tx, &row, &mut outage, now).await?;
    } else {
        store::outages::settle(&mut tx, &outage, now).await?;
    }
    record(office, &mut tx, &outage).await?;
    let versions: Vec<(AttemptId, i64)> = store::attempts::versions(&mut tx, sitting).await?;
    tx.commit().await?;
    let Gap { from, until } = outage.gap;
    tracing::warn!(
        %sitting, %from, %until, seconds = outage.gap.span().as_seconds(), decision = decision.as_str(),
        attempts = outage.attempts, "no answer could be taken in for a while"
    );
    for (attempt, version) in versions {
        office.signals.send(Signal::Attempt { attempt: attempt.uuid(), version });
    }
    office.signals.send(Signal::Sitting { sitting: sitting.uuid() });
    Ok(())
}

/// Gives the time back: the clocks of the sitting stood during the outage. Its entry and its window move by what no pause
/// has moved them, and every attempt that ran gets the end that the time engine says.
pub(super) async fn credit(
    tx: &mut Tx,
    sitting: &SittingRow,
    outage: &mut OutageRow,
    now: Instant,
) -> db::Result<()> {
    let before = store::pauses::of_sittings(tx, &[sitting.id]).await?.of_sitting(sitting.id).moved();
    store::outages::settle(tx, outage, now).await?;
    let pauses = store::pauses::of_sittings(tx, &[sitting.id]).await?;
    outage.moved = (pauses.of_sitting(sitting.id).moved() - before).max(Span::ZERO);
    store::sittings::credit_outage(tx, sitting.id, outage.moved).await?;
    if outage.moved > Span::ZERO {
        // Those who haven't started have more of the window ahead of them, and auth-service is to know.
        store::attempts::touch_sitting(tx, sitting.id, false).await?;
    }
    let mut times = sitting.times;
    times.entry_closes_at = times.entry_closes_at + outage.moved;
    times.window_ends_at = times.window_ends_at + outage.moved;
    let mut put_off: Vec<(AttemptId, Ends)> = Vec::new();
    for Timed { id, extra, standing, .. } in store::attempts::timed(tx, sitting.id).await? {
        let runs = matches!(standing.state, AttemptState::InProgress | AttemptState::Paused);
        let Some((started_at, deadline)) = standing.started_at.zip(standing.deadline).filter(|_| runs) else {
            continue;
        };
        let pauses = pauses.of(sitting.id, id);
        let ends = ends(&times.of(id), extra, &pauses, started_at);
        if ends.deadline > deadline {
            put_off.push((id, ends));
        }
    }
    store::attempts::put_off(tx, &put_off, now).await?;
    outage.attempts = i64::try_from(put_off.len()).unwrap_or(i64::MAX);
    store::outages::settle(tx, outage, now).await
}

async fn record(office: &Office, tx: &mut Tx, outage: &OutageRow) -> db::Result<()> {
    let action = match outage.decision {
        Some(OutageDecision::Credited) => "outage.credited",
        _ => "outage.not_credited",
    };
    let actor = Actor::System("exam-service");
    let act = audit::Act {
        actor: &actor,
        action,
        subject_kind: "sitting",
        subject_id: outage.sitting_id.to_string(),
        detail: json!({
            "outage": outage.id, "outage_from": outage.gap.from, "outage_until": outage.gap.until,
            "seconds": outage.gap.span().as_seconds(), "outage_decision": outage.decision,
            "attempts": outage.attempts,
        }),
    };
    audit::record(tx, SCHEMA, &*office.clock, &*office.random, act).await
}
