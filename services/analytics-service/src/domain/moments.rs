//! Mean and standard deviation.

use foundation::Points;

/// The arithmetic mean: the sum divided by the number of scores. None for no scores.
///
/// The sum is exact; the one rounding is that of the division.
pub fn mean(scores: &[Points]) -> Option<f64> {
    if scores.is_empty() {
        return None;
    }
    let sum: i128 = scores.iter().map(|score| i128::from(score.units())).sum();
    Some(sum as f64 / (scores.len() as f64 * Points::UNITS as f64))
}

/// The standard deviation of a sample: √(Σ(x − mean)² ⁄ (n − 1)). None for fewer than two scores, whose spread is
/// unknown, not zero.
///
/// n − 1 estimates the spread of whom the candidates stand for, and is what R's `sd`, spreadsheets' `STDEV.S` and
/// Moodle's quiz report compute; `STDEV.P` divides by n and is smaller by √((n − 1) ⁄ n). The squares are those of the
/// differences from the mean: subtracting a large square from another loses digits (Chan, Golub and LeVeque, The
/// American Statistician 37 (1983) 242–247).
pub fn sd(scores: &[Points]) -> Option<f64> {
    let mean = mean(scores)?;
    if scores.len() < 2 {
        return None;
    }
    let squares: f64 = scores.iter().map(|score| (score.to_f64() - mean).powi(2)).sum();
    Some((squares / (scores.len() - 1) as f64).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(scores: &[i32]) -> Vec<Points> {
        scores.iter().map(|score| Points::whole(*score)).collect()
    }

    #[test]
    fn worked_by_hand() {
        // Sum 40 of 8: mean 5. Squares 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32; 32 / 7 = 4.571428…
        let scores = points(&[2, 4, 4, 4, 5, 5, 7, 9]);
        assert_eq!(mean(&scores), Some(5.0));
        assert!((sd(&scores).unwrap() - (32.0_f64 / 7.0).sqrt()).abs() < 1e-12);
        assert!((sd(&scores).unwrap() - 2.138_089_935_299_395).abs() < 1e-12);
    }

    #[test]
    fn one_score_has_a_mean_and_no_known_spread() {
        assert_eq!((mean(&points(&[7])), sd(&points(&[7]))), (Some(7.0), None));
        assert_eq!((mean(&[]), sd(&[])), (None, None));
        assert_eq!(sd(&points(&[7, 7, 7])), Some(0.0));
    }

    #[test]
    fn a_small_spread_far_from_zero_keeps_its_digits() {
        // 999,999.9 and 1,000,000: mean 999,999.95, sd 0.1 / √2.
        let scores = [Points::from_units(9_999_999_000_000), Points::MAX];
        assert!((sd(&scores).unwrap() - 0.1 / 2.0_f64.sqrt()).abs() < 1e-9);
    }
}
