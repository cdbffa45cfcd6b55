//! What candidates do beside writing answers: they open, start and hand in. Decided one after the other on the rows as
//! the batch has them, then written at once.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use authz::{AttemptId, SittingId};
use db::{Error, Result, Tx};
use exam_api::{AttemptStarted, AttemptSubmitted, kinds};
use foundation::{Clock, Instant, Random};
use serde::Serialize;
use telemetry::names;

use super::command::{Command, NotOpened, StartedAttempt};
use crate::{
    app::attempts::Loaded,
    domain::{
        delivery::{NotStarted, Rules, may_sit},
        takeover::{Asks, Opening, open},
    },
    service::SCHEMA,
    store::{
        attempts,
        attempts::{Arrangements, AttemptRow, Rows},
        pauses::{SittingPauses, of_sittings},
        sittings,
        sittings::SittingRow,
    },
};

/// The rows that the acts of a batch are decided on.
#[derive(Default)]
pub(super) struct Acts {
    rows: Rows,
    sittings: HashMap<SittingId, Arc<SittingRow>>,
    arrangements: Arrangements,
    pauses: SittingPauses,
    changed: BTreeSet<AttemptId>,
    facts: Vec<(&'static str, String)>,
}

impl Acts {
    /// Reads what the acts among `commands` need. The `rows` of their attempts are locked, and their `arrangements` read
    /// where some start; sittings are read after that, so that an officer who has moved their times is seen.
    pub(super) async fn read<'a>(
        tx: &mut Tx,
        (mut rows, arrangements): (Rows, Arrangements),
        commands: impl Iterator<Item = &'a Command> + Clone,
    ) -> Result<Self> {
        let ids: BTreeSet<AttemptId> =
            commands.filter(|command| command.is_act()).map(Command::attempt).collect();
        if ids.is_empty() {
            return Ok(Self::default());
        }
        rows.retain(|id, _| ids.contains(id));
        let of: BTreeSet<SittingId> = rows.values().map(|row| row.sitting_id).collect();
        let mut found = HashMap::with_capacity(of.len());
        for sitting in sittings::find_all(tx, &of.into_iter().collect::<Vec<_>>()).await? {
            found.insert(sitting.id, Arc::new(sitting));
        }
        let pauses = match arrangements.is_empty() {
            true => SittingPauses::default(),
            false => of_sittings(tx, &found.keys().copied().collect::<Vec<_>>()).await?,
        };
        Ok(Self { rows, sittings: found, arrangements, pauses, ..Self::default() })
    }

    /// An attempt as it is now, with its sitting; none when it isn't there.
    fn loaded(&self, attempt: AttemptId) -> Result<Option<Loaded>> {
        let Some(row) = self.rows.get(&attempt) else { return Ok(None) };
        let sitting = self
            .sittings
            .get(&row.sitting_id)
            .ok_or_else(|| Error::corrupt("exam.attempts", "sitting_id", attempt, "no such sitting"))?;
        Ok(Some(Loaded { attempt: (**row).clone(), sitting: Arc::clone(sitting) }))
    }

    /// Gives a device the lease: the one that it holds, or the next, if it gets it. Says whether it is new; none when the
    /// attempt isn't there.
    pub(super) fn open(
        &mut self,
        attempt: AttemptId,
        asks: Asks,
    ) -> Result<Option<std::result::Result<(Loaded, bool), NotOpened>>> {
        let Some(mut loaded) = self.loaded(attempt)? else { return Ok(None) };
        if let Err(why) = may_sit(loaded.sitting.cancelled_at, loaded.attempt.roster_status) {
            return Ok(Some(Err(NotOpened::CannotSit(why))));
        }
        let AttemptRow { lease_device, device_move, .. } = &loaded.attempt;
        let opening = open(&loaded.attempt.gate(), *lease_device, loaded.sitting.takeover, device_move, asks);
        let is_new = match opening {
            Ok(opening) => opening == Opening::Next,
            Err(why) => return Ok(Some(Err(NotOpened::NotHere(why, Box::new(loaded))))),
        };
        if is_new {
            let mut delivery = loaded.attempt.delivery();
            delivery.issue(asks.device);
            loaded.attempt.set_delivery(&delivery);
            self.change(&loaded);
        }
        Ok(Some(Ok((loaded, is_new))))
    }

    /// Starts an attempt; says whether it wasn't before. None when it isn't there.
    pub(super) fn start(
        &mut self,
        attempt: AttemptId,
        lease_no: i64,
        at: Instant,
    ) -> Result<Option<std::result::Result<(StartedAttempt, bool), NotStarted>>> {
        let Some(mut loaded) = self.loaded(attempt)? else { return Ok(None) };
        let mut delivery = loaded.attempt.delivery();
        let started = may_sit(loaded.sitting.cancelled_at, loaded.attempt.roster_status)
            .map_err(NotStarted::from)
            .and_then(|()| {
                let sitting = &loaded.sitting;
                let times = sitting.times.of(attempt);
                let pauses = self.pauses.of(sitting.id, attempt);
                let rules = Rules { times: &times, pauses: &pauses, is_paused: sitting.paused_at.is_some() };
                delivery.start(&rules, loaded.attempt.extra, lease_no, at)
            });
        let is_new = match started {
            Ok(is_new) => is_new,
            Err(why) => return Ok(Some(Err(why))),
        };
        if is_new {
            loaded.attempt.set_delivery(&delivery);
            self.change(&loaded);
            let AttemptRow { sitting_id, candidate_id, .. } = loaded.attempt;
            let fact = AttemptStarted { attempt_id: attempt, sitting_id, candidate_id, started_at: at };
            self.tell(kinds::ATTEMPT_STARTED, &fact)?;
            metrics::counter!(names::EXAM_ATTEMPTS_STARTED_TOTAL).increment(1);
        }
        let arrangement = self
            .arrangements
            .get(&attempt)
            .cloned()
            .ok_or_else(|| Error::corrupt("exam.attempts", "arrangement", attempt, "no such attempt"))?;
        Ok(Some(Ok((StartedAttempt { loaded, arrangement }, is_new))))
    }

    /// Hands an attempt in; says whether that ended it. None when it isn't there.
    pub(super) fn submit(
        &mut self,
        attempt: AttemptId,
        lease_no: i64,
        at: Instant,
    ) -> Result<Option<(Loaded, bool)>> {
        let Some(mut loaded) = self.loaded(attempt)? else { return Ok(None) };
        let mut delivery = loaded.attempt.delivery();
        let did = delivery.hand_in(lease_no, at);
        if did {
            loaded.attempt.set_delivery(&delivery);
            self.change(&loaded);
            let AttemptRow { sitting_id, candidate_id, .. } = loaded.attempt;
            let fact = AttemptSubmitted {
                attempt_id: attempt,
                sitting_id,
                candidate_id,
                ended_at: at,
                handed_in: true,
            };
            self.tell(kinds::ATTEMPT_SUBMITTED, &fact)?;
            metrics::counter!(names::EXAM_ATTEMPTS_COMPLETED_TOTAL).increment(1);
        }
        Ok(Some((loaded, did)))
    }

    fn change(&mut self, loaded: &Loaded) {
        self.changed.insert(loaded.attempt.id);
        self.rows.insert(loaded.attempt.id, Box::new(loaded.attempt.clone()));
    }

    fn tell(&mut self, kind: &'static str, fact: &impl Serialize) -> Result<()> {
        self.facts.push((kind, events::payload(kind, fact)?));
        Ok(())
    }

    /// Writes what the acts have changed, and the facts that tell of it.
    pub(super) async fn write(self, tx: &mut Tx, clock: &dyn Clock, random: &dyn Random) -> Result<()> {
        let Self { rows, changed, facts, .. } = self;
        let changed: Vec<&AttemptRow> =
            changed.iter().filter_map(|id| rows.get(id).map(AsRef::as_ref)).collect();
        attempts::set_deliveries(tx, &changed).await?;
        events::record_all(tx, SCHEMA, clock, random, &facts).await
    }
}
