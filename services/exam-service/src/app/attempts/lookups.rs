//! Attempts of a hall that looks at once, because it was told of a change, read together.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use authz::{AttemptId, SittingId};
use db::Db;
use foundation::{Problem, Span};

use super::{Loaded, load::CREDITS_MAX};
use crate::store::{self, sittings::GivenRow};

/// Attempts, by their ids.
pub type AttemptLookups = db::Lookups<AttemptId, Found>;

/// An attempt, and what was given to it.
#[derive(Clone, Debug)]
pub struct Found {
    /// The attempt and its sitting.
    pub loaded: Loaded,
    /// What was given, in the order of giving.
    pub given: Vec<GivenRow>,
}

/// Begins to look attempts up.
pub fn start(db: Db) -> AttemptLookups {
    AttemptLookups::start(db, busy, find)
}

fn busy() -> Problem {
    Problem::unavailable(
        "request.overloaded",
        "Too many look at their exam just now. Try again in a moment.",
        2,
    )
}

async fn find(db: Db, ids: Vec<AttemptId>) -> Result<HashMap<AttemptId, Found>, Problem> {
    let mut conn = db.read().await?;
    let attempts = store::attempts::find_all(&mut conn, &ids).await?;
    let of: HashSet<SittingId> = attempts.iter().map(|attempt| attempt.sitting_id).collect();
    let sittings = store::sittings::find_all(&mut conn, &of.into_iter().collect::<Vec<_>>()).await?;
    let sittings: HashMap<SittingId, _> =
        sittings.into_iter().map(|sitting| (sitting.id, Arc::new(sitting))).collect();
    let credited = attempts.iter().filter(|attempt| attempt.extra.credit != Span::ZERO);
    let credited: Vec<(SittingId, AttemptId)> =
        credited.map(|attempt| (attempt.sitting_id, attempt.id)).collect();
    let mut given = match credited[..] {
        [] => HashMap::new(),
        _ => store::sittings::credits_of(&mut conn, &credited, CREDITS_MAX).await?,
    };
    drop(conn);
    attempts
        .into_iter()
        .map(|attempt| {
            let sitting = sittings
                .get(&attempt.sitting_id)
                .ok_or_else(|| Problem::internal(format!("attempt {} has no sitting", attempt.id)))?;
            let given = given.remove(&attempt.id).unwrap_or_default();
            Ok((attempt.id, Found { loaded: Loaded { attempt, sitting: Arc::clone(sitting) }, given }))
        })
        .collect()
}
