//! Quartiles.

use foundation::Points;

/// The quantile at `numerator ⁄ denominator` of scores in ascending order: type 7 of Hyndman and Fan (“Sample quantiles
/// in statistical packages”, The American Statistician 50 (1996) 361–365). None for no scores, or a fraction outside 0
/// to 1.
///
/// Between the scores at h = (n − 1) p, counted from 0, the value is interpolated. It is what R, NumPy and spreadsheets'
/// `QUARTILE.INC` compute by default; other types (SPSS: 6, `QUARTILE.EXC`) differ in small groups. At ½ it is the
/// median: the middle score, or the mean of the two in the middle.
pub fn quantile(ascending: &[Points], numerator: usize, denominator: usize) -> Option<f64> {
    if numerator > denominator {
        return None;
    }
    let steps = ascending.len().checked_sub(1)?.checked_mul(numerator)?;
    let (at, rest) = (steps.checked_div(denominator)?, steps.checked_rem(denominator)?);
    let low = i128::from(ascending.get(at)?.units());
    let high = ascending.get(at + 1).map_or(low, |score| i128::from(score.units()));
    // Whole numbers up to the one division at the end: 43.85 is 43.85, not 43.849999999999994.
    let numerator = low * denominator as i128 + (high - low) * rest as i128;
    Some(numerator as f64 / (denominator as f64 * Points::UNITS as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quartiles(scores: &[i32]) -> [f64; 3] {
        let scores: Vec<Points> = scores.iter().map(|score| Points::whole(*score)).collect();
        [1, 2, 3].map(|quarter| quantile(&scores, quarter, 4).unwrap())
    }

    #[test]
    fn worked_by_hand() {
        // n = 5: h = 1, 2, 3, each a score.
        assert_eq!(quartiles(&[1, 3, 5, 7, 100]), [3.0, 5.0, 7.0]);
        // n = 4: h = 0.75, 1.5, 2.25.
        assert_eq!(quartiles(&[10, 20, 30, 40]), [17.5, 25.0, 32.5]);
        // n = 8: h = 1.75, 3.5, 5.25, where type 6 would have 4, 4.5 and 6.5.
        assert_eq!(quartiles(&[2, 4, 4, 4, 5, 5, 7, 9]), [4.0, 4.5, 5.5]);
        // n = 4, in tenths: h = 2.25 lies a quarter of the way from 43.8 to 44.
        let tenths = [200, 300, 438, 440].map(|tenths| Points::whole(tenths).ratio(1, 10));
        assert_eq!(quantile(&tenths, 3, 4), Some(43.85));
        // n = 2 and n = 1.
        assert_eq!(quartiles(&[0, 8]), [2.0, 4.0, 6.0]);
        assert_eq!(quartiles(&[3]), [3.0, 3.0, 3.0]);
    }

    #[test]
    fn the_ends_are_the_lowest_and_the_highest_and_nothing_lies_beyond() {
        let scores = [Points::ONE, Points::whole(4)];
        assert_eq!((quantile(&scores, 0, 1), quantile(&scores, 1, 1)), (Some(1.0), Some(4.0)));
        assert_eq!(
            (quantile(&scores, 5, 4), quantile(&scores, 1, 0), quantile(&[], 1, 2)),
            (None, None, None)
        );
    }
}
