//! What analytics-service tells others: the wire types of a sitting's statistics.

mod statistics;

pub use authz::SittingId;
pub use statistics::{
    ScoreBin, ScoreDistribution, ScoreScale, SittingCounts, SittingOverview, SittingStatistics,
};
