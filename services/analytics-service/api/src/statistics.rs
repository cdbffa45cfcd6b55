//! A sitting in numbers.

use authz::{SittingId, UnitPath};
use foundation::{Instant, Points};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How far a sitting's attempts are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SittingCounts {
    /// Attempts that were started.
    pub started: i64,
    /// Of these: over, handed in or closed by time.
    pub submitted: i64,
    /// Of these: handed in by the candidate, before time closed them.
    pub handed_in: i64,
    /// Of those that are over: marked, with nothing waiting for a person.
    pub marked: i64,
    /// Of those that are over: marked in part, with something waiting for a person.
    pub partly_marked: i64,
}

/// A sitting in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SittingOverview {
    /// The sitting.
    pub sitting_id: SittingId,
    /// Its title; null while the fact that it was scheduled is still on its way.
    pub title: Option<String>,
    /// The unit that it lies in.
    pub unit: UnitPath,
    /// When it opens; null while its title is.
    pub opens_at: Option<Instant>,
    /// When its results were last released; null while they weren't.
    pub released_at: Option<Instant>,
    /// When it was called off; null while it wasn't.
    pub cancelled_at: Option<Instant>,
    /// How far its attempts are.
    pub counts: SittingCounts,
}

/// A sitting and the distribution of its scores.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SittingStatistics {
    /// The sitting, and how far its attempts are.
    pub sitting: SittingOverview,
    /// The scores of the attempts that are marked, with nothing waiting for a person; null while there is none.
    pub distribution: Option<ScoreDistribution>,
}

/// What the numbers of a distribution are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScoreScale {
    /// Points: every attempt could reach the same maximum.
    Points,
    /// Per cent of what each attempt could reach: the maxima differ, so points can't be compared.
    Percent,
}

/// How scores are distributed. Numbers are on the `scale`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ScoreDistribution {
    /// What the numbers are.
    pub scale: ScoreScale,
    /// The most that could be reached: points, or 100.
    pub scale_max: Points,
    /// Scores counted here.
    pub count: i64,
    /// Marked attempts that can't be put on a scale of per cent, because their papers are worth nothing.
    pub left_out: i64,
    /// The arithmetic mean.
    pub mean: f64,
    /// The standard deviation of a sample, with n − 1 in the denominator; null for a single score.
    pub sd: Option<f64>,
    /// The lowest score.
    pub min: Points,
    /// The first quartile, type 7 of Hyndman and Fan (1996).
    pub lower_quartile: f64,
    /// The median: the middle score, or the mean of the two in the middle.
    pub median: f64,
    /// The third quartile, type 7 of Hyndman and Fan (1996).
    pub upper_quartile: f64,
    /// The highest score.
    pub max: Points,
    /// The histogram: bins of one width, without gaps, from 0 to the one that holds the maximum.
    pub bins: Vec<ScoreBin>,
    /// Scores below the first bin: below zero.
    pub below: i64,
    /// Scores above the last bin.
    pub above: i64,
}

/// A bin of a histogram: scores from `from`, below `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ScoreBin {
    /// The lowest score in it.
    pub from: Points,
    /// Where the next bin begins; not in this one.
    pub to: Points,
    /// Scores in it.
    pub count: i64,
}
