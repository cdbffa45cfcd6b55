//! Bins.

use analytics_api::ScoreBin;
use foundation::Points;

/// Bins of one histogram, at most.
pub const BINS_MAX: i64 = 21;
/// Papers worth less than this get bins narrower than a point.
const SMALL_PAPER: Points = Points::whole(5);

/// Scores sorted into bins, and how many lie outside of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Histogram {
    /// Bins of one width, without gaps.
    pub bins: Vec<ScoreBin>,
    /// Scores below the first bin.
    pub below: i64,
    /// Scores above the last bin.
    pub above: i64,
}

/// Sorts scores on a scale from 0 to `scale_max` into bins.
///
/// All bins have one width and hold their lower bound, not their upper one; so the highest bin holds the full mark and
/// may reach beyond it. A last bin that took both bounds, as histograms often have it, would count two scores of a
/// paper of whole points together and show a peak that isn't there.
pub fn histogram(scores: &[Points], scale_max: Points) -> Histogram {
    let width = width(scale_max);
    let count = scale_max.units().max(0) / width.units() + 1;
    let mut histogram = Histogram {
        bins: (0..count)
            .map(|number| ScoreBin {
                from: Points::from_units(number * width.units()),
                to: Points::from_units((number + 1) * width.units()),
                count: 0,
            })
            .collect(),
        below: 0,
        above: 0,
    };
    for score in scores {
        let number = score.units().div_euclid(width.units());
        match usize::try_from(number).map(|number| histogram.bins.get_mut(number)) {
            Ok(Some(bin)) => bin.count += 1,
            Ok(None) => histogram.above += 1,
            Err(_) => histogram.below += 1,
        }
    }
    histogram
}

/// The narrowest width of 1, 2, 5, 10, 20, 50, … points with which [`BINS_MAX`] bins reach the maximum; for a small
/// paper of 0.1, 0.2, 0.5, … points. Round bounds are read more easily than exact shares of the maximum.
fn width(scale_max: Points) -> Points {
    let mut decade = if scale_max < SMALL_PAPER { Points::UNITS / 10 } else { Points::UNITS };
    loop {
        for factor in [1, 2, 5] {
            let width = decade * factor;
            if scale_max.units() / width < BINS_MAX {
                return Points::from_units(width);
            }
        }
        // The maximum is below 2⁶³, so a few decades are enough and this can't overflow.
        decade *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(scores: &[f64], scale_max: f64) -> (Points, Vec<i64>) {
        let points = |number: f64| Points::from_f64(number).unwrap();
        let scores: Vec<Points> = scores.iter().copied().map(points).collect();
        let histogram = histogram(&scores, points(scale_max));
        assert_eq!((histogram.below, histogram.above), (0, 0));
        let width = histogram.bins[0].to;
        (width, histogram.bins.iter().map(|bin| bin.count).collect())
    }

    #[test]
    fn a_paper_of_seven_points_has_a_bin_for_each_score() {
        let (width, counts) = counts(&[0.0, 0.5, 3.0, 6.0, 6.0, 7.0], 7.0);
        assert_eq!(width, Points::ONE);
        assert_eq!(counts, [2, 0, 0, 1, 0, 0, 2, 1]);
    }

    #[test]
    fn a_paper_of_a_hundred_points_has_bins_of_five() {
        let (width, counts) = counts(&[4.999_999_9, 5.0, 99.0, 100.0], 100.0);
        assert_eq!((width, counts.len()), (Points::whole(5), 21));
        assert_eq!((counts[0], counts[1], counts[19], counts[20]), (1, 1, 1, 1));
    }

    #[test]
    fn widths_are_round_and_bins_few_whatever_the_paper_is_worth() {
        for (scale_max, expected) in [
            (0.0, 0.1),
            (1.0, 0.1),
            (3.0, 0.2),
            (5.0, 1.0),
            (20.0, 1.0),
            (21.0, 2.0),
            (60.0, 5.0),
            (150.0, 10.0),
        ] {
            assert_eq!(counts(&[], scale_max).0, Points::from_f64(expected).unwrap(), "{scale_max}");
        }
        for scale_max in [1, 7, 42, 105, 999, 12_345, 1_000_000] {
            let bins = histogram(&[], Points::whole(scale_max)).bins;
            assert!(bins.len() as i64 <= BINS_MAX, "{scale_max}: {}", bins.len());
            assert!(bins[bins.len() - 1].from <= Points::whole(scale_max));
            assert!(bins[bins.len() - 1].to > Points::whole(scale_max));
            assert!(bins.windows(2).all(|pair| pair[0].to == pair[1].from));
        }
    }

    #[test]
    fn a_score_below_zero_or_above_the_maximum_lies_outside() {
        let scores = [Points::whole(-1), Points::from_units(-1), Points::ZERO, Points::whole(11)];
        let histogram = histogram(&scores, Points::whole(10));
        assert_eq!((histogram.below, histogram.above), (2, 1));
        assert_eq!(histogram.bins.iter().map(|bin| bin.count).sum::<i64>(), 1);
    }
}
