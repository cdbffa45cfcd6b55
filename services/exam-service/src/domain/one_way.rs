//! Sections without a way back: what counts of an attempt's entries when some of them went back all the same.
//!
//! The rule looks at the order of writing alone, `(lease_no, seq)`: whichever way entries arrive, and however often,
//! the same ones count.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use exam_api::Navigation;
use question_model::QuestionVersionId;

use super::{arrangement::Arrangement, paper::Paper};

/// What orders an attempt's entries: the lease, and the place in it.
pub type Place = (i64, i64);

/// An entry that was taken, or admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its place in the order of writing.
    pub place: Place,
    /// The question that it answers.
    pub question: QuestionVersionId,
    /// Whether an officer let it count.
    pub admitted: bool,
}

/// Where each question of a forward-only section stands in one candidate's arrangement.
#[derive(Clone, Debug, Default)]
pub struct OneWay {
    stands: HashMap<QuestionVersionId, (usize, usize)>,
}

impl OneWay {
    /// The forward-only sections of `paper` in `arrangement`.
    pub fn of(paper: &Paper, arrangement: &Arrangement) -> Self {
        let sections = paper.sections.iter().zip(&arrangement.sections).enumerate();
        let stands = sections
            .filter(|(_, (section, _))| section.navigation == Navigation::ForwardOnly)
            .flat_map(|(index, (_, placed))| {
                placed.iter().enumerate().map(move |(place, question)| (question.id, (index, place)))
            })
            .collect();
        Self { stands }
    }

    /// The entries of `steps`, which come in the order of writing, that are passed over: each answers a question that
    /// stands before the furthest one answered so far in its section. What an officer admitted counts, and takes
    /// nothing from others: it moves the furthest question no further.
    pub fn passed_over(&self, steps: &[Step]) -> BTreeSet<Place> {
        let mut furthest: HashMap<usize, usize> = HashMap::new();
        let mut passed_over = BTreeSet::new();
        for step in steps.iter().filter(|step| !step.admitted) {
            let Some((section, stands)) = self.stands.get(&step.question) else { continue };
            let furthest = furthest.entry(*section).or_insert(*stands);
            if stands < furthest {
                passed_over.insert(step.place);
            } else {
                *furthest = *stands;
            }
        }
        passed_over
    }

    /// The place of each question's answer: its last entry that isn't passed over.
    pub fn answers(&self, steps: &[Step]) -> BTreeMap<QuestionVersionId, Place> {
        let passed_over = self.passed_over(steps);
        let count = steps.iter().filter(|step| !passed_over.contains(&step.place));
        count.map(|step| (step.question, step.place)).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn question(number: u128) -> QuestionVersionId {
        QuestionVersionId::from_uuid(Uuid::from_u128(number))
    }

    /// Questions 0 to 3 in one forward-only section, 4 to 6 in another, 7 in a free one.
    fn one_way() -> OneWay {
        let stand = |number: u128| (usize::from(number > 3), number as usize);
        OneWay { stands: (0..7).map(|number| (question(number), stand(number))).collect() }
    }

    fn step(seq: i64, number: u128, admitted: bool) -> Step {
        Step { place: (1, seq), question: question(number), admitted }
    }

    fn seqs(steps: &[Step]) -> Vec<i64> {
        one_way().passed_over(steps).into_iter().map(|(_, seq)| seq).collect()
    }

    #[test]
    fn an_answer_to_an_earlier_question_after_a_later_one_is_passed_over() {
        assert_eq!(
            seqs(&[step(1, 0, false), step(2, 2, false), step(3, 0, false), step(4, 1, false)]),
            [3, 4]
        );
        assert_eq!(
            seqs(&[step(1, 1, false), step(2, 1, false), step(3, 2, false), step(4, 2, false)]),
            [0; 0]
        );
    }

    #[test]
    fn sections_are_apart_and_a_free_one_has_a_way_back() {
        let steps =
            [step(1, 3, false), step(2, 4, false), step(3, 7, false), step(4, 3, false), step(5, 2, false)];
        assert_eq!(seqs(&steps), [5]);
    }

    #[test]
    fn what_an_officer_admits_counts_and_takes_nothing_from_others() {
        let steps =
            [step(1, 0, false), step(2, 2, false), step(3, 1, true), step(4, 3, true), step(5, 2, false)];
        assert_eq!(seqs(&steps), [0; 0]);
        assert_eq!(one_way().answers(&steps).get(&question(1)), Some(&(1, 3)));
    }

    proptest! {
        #[test]
        fn admitting_everything_that_was_passed_over_passes_over_nothing(
            numbers in prop::collection::vec((0_u128..8, any::<bool>()), 0..30),
        ) {
            let mut steps: Vec<Step> =
                (1..).zip(numbers).map(|(seq, (number, admitted))| step(seq, number, admitted)).collect();
            let before = one_way().answers(&steps);
            let passed_over = one_way().passed_over(&steps);
            for step in &mut steps {
                step.admitted |= passed_over.contains(&step.place);
            }
            prop_assert!(one_way().passed_over(&steps).is_empty());
            let after = one_way().answers(&steps);
            prop_assert!(before.iter().all(|(question, place)| after.get(question) >= Some(place)));
        }
    }
}
