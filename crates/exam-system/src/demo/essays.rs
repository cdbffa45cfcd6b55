//! Answers to the essay of the past sitting, what they are worth, and what the marker says of them.

use anyhow::{Context as _, Result};
use foundation::Random;
use serde::Deserialize;

use super::chance::{normal, one_of};

/// An answer to the essay.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Essay {
    /// What it is worth, of [`Essays::POINTS_MAX`].
    pub points: u32,
    /// What the marker says of it.
    pub comment: String,
    /// What was written.
    pub text: String,
}

/// The answers that are given to the essay.
#[derive(Clone, Debug)]
pub struct Essays(Vec<Essay>);

impl Essays {
    /// What the best are worth.
    pub const POINTS_MAX: u32 = 6;

    /// Reads them.
    ///
    /// # Errors
    /// When the embedded file isn't what it should be: a test reads it.
    pub fn read() -> Result<Self> {
        let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/demo/people/two-odd-squares.json"));
        Ok(Self(serde_json::from_str(text).context("the demo's essays")?))
    }

    /// One that somebody might write who is so much abler (in logits) than the essay is hard.
    pub fn by_ability(&self, advantage: f64, random: &dyn Random) -> Option<&Essay> {
        let aim = 3.3 + 1.7 * advantage + 0.8 * normal(random);
        let aim = aim.round().clamp(0.0, f64::from(Self::POINTS_MAX)) as u32;
        let fitting: Vec<&Essay> = self.0.iter().filter(|essay| essay.points == aim).collect();
        one_of(&fitting, random).copied()
    }

    /// The one with this text.
    pub fn find(&self, text: &str) -> Option<&Essay> {
        self.0.iter().find(|essay| essay.text == text)
    }
}

#[cfg(test)]
mod tests {
    use foundation::SeededRandom;

    use super::*;

    #[test]
    fn there_is_an_answer_for_every_ability() {
        let essays = Essays::read().unwrap();
        let random = SeededRandom::new(3);
        for step in -40..=40 {
            let essay = essays.by_ability(f64::from(step) / 10.0, &random).unwrap();
            assert!(essay.points <= Essays::POINTS_MAX);
            assert_eq!(essays.find(&essay.text).unwrap().points, essay.points);
        }
    }
}
