//! What one replica says to the others.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Changes;

/// Ids in one word, so that each carrier has room for it.
const IDS_MAX: usize = 100;

/// What one replica says to the others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Word {
    pub(super) from: Uuid,
    /// Counts what it said about presence; none when this says nothing about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) seq: Option<u64>,
    /// What was said before about presence is void.
    #[serde(skip_serializing_if = "is_false")]
    pub(super) anew: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) arrived: Vec<Uuid>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) left: Vec<Uuid>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) attempts: Vec<(Uuid, i64)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) sittings: Vec<Uuid>,
    /// Replicas of which something was missed: they shall say everything anew.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) missed: Vec<Uuid>,
    /// The better carriers don't work for who says this: only here is it heard, and hears.
    #[serde(skip_serializing_if = "is_false")]
    pub(super) only_here: bool,
    /// It stops.
    #[serde(skip_serializing_if = "is_false")]
    pub(super) gone: bool,
}

impl Word {
    /// That `from` is there, and no more.
    pub(super) fn sign_of_life(from: Uuid) -> Self {
        Self { from, ..Self::default() }
    }

    /// That `from` stops.
    pub(super) fn goodbye(from: Uuid) -> Self {
        Self { from, gone: true, ..Self::default() }
    }

    /// Hints.
    pub(super) fn hints(from: Uuid, attempts: HashMap<Uuid, i64>, sittings: HashSet<Uuid>) -> Vec<Self> {
        let (attempts, sittings) = (Vec::from_iter(attempts), Vec::from_iter(sittings));
        let attempts =
            attempts.chunks(IDS_MAX).map(|some| Self { attempts: some.to_vec(), ..Self::default() });
        let sittings =
            sittings.chunks(IDS_MAX).map(|some| Self { sittings: some.to_vec(), ..Self::default() });
        attempts.chain(sittings).map(|word| Self { from, ..word }).collect()
    }

    /// Who came and went, counted on from `seq`: one word at least, which shows that `from` is there and missed nobody.
    pub(super) fn presence(from: Uuid, seq: &mut u64, anew: bool, changes: &Changes) -> Vec<Self> {
        let mut words: Vec<Self> = Vec::new();
        for some in changes.arrived.chunks(IDS_MAX) {
            words.push(Self { arrived: some.to_vec(), ..Self::default() });
        }
        for some in changes.left.chunks(IDS_MAX) {
            words.push(Self { left: some.to_vec(), ..Self::default() });
        }
        if words.is_empty() {
            words.push(Self::default());
        }
        for (place, word) in words.iter_mut().enumerate() {
            *seq += 1;
            (word.from, word.seq, word.anew) = (from, Some(*seq), anew && place == 0);
        }
        words
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_false(is: &bool) -> bool {
    !is
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hall_is_told_in_words_that_every_carrier_has_room_for() {
        let longest = |words: &[Word]| {
            words.iter().map(|word| serde_json::to_string(word).unwrap().len()).max().unwrap_or(0)
        };
        let ids: Vec<_> = (0..10_000).map(|_| Uuid::from_u128(u128::MAX)).collect();
        let mut seq = u64::MAX - 200;
        let changes = Changes { arrived: ids.clone(), left: ids[..1].to_vec() };
        let words = Word::presence(Uuid::from_u128(u128::MAX), &mut seq, true, &changes);
        assert_eq!((words.len(), words.iter().filter(|word| word.anew).count()), (101, 1));
        assert!(longest(&words) < db::NOTIFIED_BYTES_MAX, "{}", longest(&words));
        let hints = (0..250).map(|number| (Uuid::from_u128(number), i64::MIN)).collect();
        let words = Word::hints(Uuid::from_u128(u128::MAX), hints, ids.into_iter().collect());
        assert_eq!(words.len(), 4);
        assert!(longest(&words) < db::NOTIFIED_BYTES_MAX, "{}", longest(&words));
    }

    #[test]
    fn a_word_of_an_older_version_is_read() {
        let older = r#"{"from":"00000000-0000-0000-0000-000000000001","seq":null,"arrived":[],"left":[],
            "attempts":[["00000000-0000-0000-0000-000000000002",7]],"sittings":[],"gone":false}"#;
        let word: Word = serde_json::from_str(older).unwrap();
        assert_eq!((word.seq, word.attempts), (None, vec![(Uuid::from_u128(2), 7)]));
    }
}
