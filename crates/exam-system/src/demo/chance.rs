//! Chance in the shapes that the simulation needs.

use foundation::Random;

/// A number from 0 to 1, each equally likely.
pub fn uniform(random: &dyn Random) -> f64 {
    const STEPS: u64 = 1 << 53;
    random.below(STEPS) as f64 / STEPS as f64
}

/// Whether something of this probability happens.
pub fn happens(probability: f64, random: &dyn Random) -> bool {
    uniform(random) < probability
}

/// A number of the standard normal distribution.
///
/// G. E. P. Box and M. E. Muller, "A note on the generation of random normal deviates", Ann. Math. Statist. 29, 1958.
pub fn normal(random: &dyn Random) -> f64 {
    let radius = (-2.0 * (1.0 - uniform(random)).ln()).sqrt();
    radius * (std::f64::consts::TAU * uniform(random)).cos()
}

/// One of `items`.
pub fn one_of<'a, T>(items: &'a [T], random: &dyn Random) -> Option<&'a T> {
    items.get(random.below(items.len() as u64) as usize)
}

#[cfg(test)]
mod tests {
    use foundation::SeededRandom;

    use super::*;

    #[test]
    fn normal_numbers_have_mean_zero_and_deviation_one() {
        let random = SeededRandom::new(1);
        let numbers: Vec<f64> = (0..20_000).map(|_| normal(&random)).collect();
        let mean = numbers.iter().sum::<f64>() / 20_000.0;
        let variance = numbers.iter().map(|number| (number - mean).powi(2)).sum::<f64>() / 20_000.0;
        assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.05, "{mean} {variance}");
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert_eq!(one_of::<u8>(&[], &SeededRandom::new(1)), None);
    }
}
