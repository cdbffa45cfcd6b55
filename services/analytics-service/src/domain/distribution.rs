//! How the scores of a sitting are distributed.

use analytics_api::{ScoreDistribution, ScoreScale};
use foundation::Points;

use super::{
    histogram::{Histogram, histogram},
    moments::{mean, sd},
    quantile::quantile,
};

/// A score, and the most that it could have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// Points reached.
    pub points: Points,
    /// Points that this attempt's paper is worth.
    pub points_max: Points,
}

/// The distribution of `scores`; none when there are none.
///
/// Forms of one exam may be worth different points, when questions were drawn at random. Then points of one don't
/// compare with points of another, and everything is in per cent of each attempt's own maximum.
pub fn distribution(scores: &[Score]) -> Option<ScoreDistribution> {
    let scale_max = scores.first()?.points_max;
    if scores.iter().all(|score| score.points_max == scale_max) {
        let points = scores.iter().map(|score| score.points).collect();
        return describe(points, ScoreScale::Points, scale_max, 0);
    }
    let percent: Vec<Points> = scores.iter().copied().filter_map(percent).collect();
    let left_out = count(scores.len() - percent.len());
    describe(percent, ScoreScale::Percent, Points::whole(100), left_out)
}

/// Per cent of the maximum; none where the maximum is nothing.
fn percent(score: Score) -> Option<Points> {
    (score.points_max > Points::ZERO)
        .then(|| Points::whole(100).ratio(score.points.units(), score.points_max.units()))
}

fn describe(
    mut scores: Vec<Points>,
    scale: ScoreScale,
    scale_max: Points,
    left_out: i64,
) -> Option<ScoreDistribution> {
    scores.sort_unstable();
    let Histogram { bins, below, above } = histogram(&scores, scale_max);
    Some(ScoreDistribution {
        scale,
        scale_max,
        count: count(scores.len()),
        left_out,
        mean: mean(&scores)?,
        sd: sd(&scores),
        min: *scores.first()?,
        lower_quartile: quantile(&scores, 1, 4)?,
        median: quantile(&scores, 1, 2)?,
        upper_quartile: quantile(&scores, 3, 4)?,
        max: *scores.last()?,
        bins,
        below,
        above,
    })
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn score(points: i32, points_max: i32) -> Score {
        Score { points: Points::whole(points), points_max: Points::whole(points_max) }
    }

    #[test]
    fn worked_by_hand() {
        // 3, 5, 6, 8, 8 of 10: sum 30; squares of differences 9 + 1 + 0 + 4 + 4 = 18, over 4 = 4.5.
        let scores = [8, 3, 6, 8, 5].map(|points| score(points, 10));
        let described = distribution(&scores).unwrap();
        assert_eq!((described.scale, described.scale_max), (ScoreScale::Points, Points::whole(10)));
        assert_eq!((described.count, described.left_out, described.mean), (5, 0, 6.0));
        assert!((described.sd.unwrap() - 4.5_f64.sqrt()).abs() < 1e-12);
        assert_eq!((described.min, described.max), (Points::whole(3), Points::whole(8)));
        assert_eq!((described.lower_quartile, described.median, described.upper_quartile), (5.0, 6.0, 8.0));
        assert_eq!(described.bins.len(), 11);
        assert_eq!(described.bins[8].count, 2);
    }

    #[test]
    fn forms_of_different_worth_are_compared_in_per_cent() {
        let scores = [score(5, 10), score(15, 20), score(0, 0)];
        let described = distribution(&scores).unwrap();
        assert_eq!((described.scale, described.scale_max), (ScoreScale::Percent, Points::whole(100)));
        assert_eq!((described.count, described.left_out), (2, 1));
        assert_eq!(
            (described.min, described.mean, described.max),
            (Points::whole(50), 62.5, Points::whole(75))
        );
        assert_eq!((described.bins[10].count, described.bins[15].count), (1, 1));
    }

    #[test]
    fn no_scores_have_no_distribution() {
        assert_eq!(distribution(&[]), None);
        assert_eq!(distribution(&[score(0, 0)]).unwrap().mean, 0.0);
    }

    proptest! {
        #[test]
        fn whatever_the_scores_the_numbers_are_in_order_and_every_score_is_counted_once(
            scores in prop::collection::vec((-2_000_000_000_000_i64..10_000_000_000_000, 0_i64..10_000_000_000_000), 1..200)
        ) {
            let scores: Vec<Score> = scores
                .into_iter()
                .map(|(points, max)| Score { points: Points::from_units(points.min(max)), points_max: Points::from_units(max) })
                .collect();
            if let Some(d) = distribution(&scores) {
                let (min, max) = (d.min.to_f64(), d.max.to_f64());
                prop_assert!(min <= d.lower_quartile && d.lower_quartile <= d.median);
                prop_assert!(d.median <= d.upper_quartile && d.upper_quartile <= max);
                prop_assert!(min - 1e-6 <= d.mean && d.mean <= max + 1e-6);
                prop_assert!(d.sd.is_none_or(|sd| sd.is_finite() && sd >= 0.0));
                let binned: i64 = d.bins.iter().map(|bin| bin.count).sum();
                prop_assert_eq!(binned + d.below + d.above, d.count);
                prop_assert_eq!(d.count + d.left_out, scores.len() as i64);
                prop_assert_eq!(d.above, 0);
            } else {
                prop_assert!(scores.iter().all(|score| score.points_max == Points::ZERO));
            }
        }
    }
}
