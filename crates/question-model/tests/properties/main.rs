//! What holds for every question, key and response, sensible or not.

#![expect(clippy::unwrap_used, reason = "a test's own helpers")]

mod no_key_reaches_a_candidate;
mod support;

use foundation::{Points, SeededRandom};
use proptest::prelude::*;
use question_model::*;
use support::{key, matching_trio, question, response};

fn points() -> impl Strategy<Value = Points> {
    prop_oneof![
        (-20_000_000_i64..200_000_000).prop_map(Points::from_units),
        any::<i64>().prop_map(Points::from_units)
    ]
}

fn check_mark(
    question: &Question,
    key: &Key,
    most: Points,
    response: Option<&Response>,
) -> Result<(), TestCaseError> {
    let marked = mark(question, key, most, response);
    prop_assert_eq!(&marked, &mark(question, key, most, response), "the same again");
    prop_assert!(marked.points <= marked.points_max);
    prop_assert!(marked.points >= -marked.points_max);
    prop_assert!(marked.points_max == most.max(Points::ZERO) || marked.points_max == Points::ZERO);
    for part in &marked.parts {
        prop_assert!(part.points <= marked.points_max && part.points >= -marked.points_max);
    }
    match marked.outcome {
        Outcome::Correct => prop_assert_eq!(marked.points, marked.points_max),
        Outcome::Partial => prop_assert!(marked.points >= Points::ZERO),
        Outcome::Wrong => prop_assert!(marked.points <= Points::ZERO),
        Outcome::Unanswered | Outcome::NeedsMarking => prop_assert_eq!(marked.points, Points::ZERO),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn marking_is_deterministic_total_and_bounded(
        question in question(), key in key(), response in proptest::option::of(response()), most in points(),
    ) {
        check_mark(&question, &key, most, response.as_ref())?;
    }

    #[test]
    fn marking_a_response_of_the_right_type_is_deterministic_total_and_bounded(
        (question, key, response) in matching_trio(), most in points(),
    ) {
        check_mark(&question, &key, most, Some(&response))?;
    }

    #[test]
    fn the_right_response_to_a_valid_question_brings_all_the_points(
        (question, key, _) in matching_trio(),
    ) {
        if validate(&question, &key).is_empty() && let Some(response) = right_response(&question, &key) {
            let first_fits_first = !matches!(
                question.question_type(),
                QuestionType::ShortText | QuestionType::Numeric | QuestionType::Cloze,
            );
            if first_fits_first && !response.is_empty() {
                prop_assert_eq!(mark(&question, &key, Points::ONE, Some(&response)).outcome, Outcome::Correct);
                prop_assert_eq!(response.check(&question), Ok(()));
            }
        }
    }

    #[test]
    fn checking_validating_and_showing_never_panic(
        (question, key, response) in matching_trio(), seed in any::<u64>(),
    ) {
        let _ = response.check(&question);
        let _ = validate(&question, &key);
        let _ = feedback(&question, &key, Some(&response));
        let _ = right_response(&question, &key);
        let order = option_order(&question, &SeededRandom::new(seed));
        let view = candidate_view(&question, &order);
        let again: CandidateView = serde_json::from_value(serde_json::to_value(&view)?)?;
        prop_assert_eq!(view, again);
        let _ = question.texts().into_iter().map(render::plain_text).count();
        let (mut one, mut two) = (question, key);
        conceal(&mut one, &mut two);
    }

    #[test]
    fn what_is_stored_is_read_back_the_same(question in question(), response in response()) {
        let stored = serde_json::to_string(&question).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Question>(&stored).unwrap(), &question);
        let stored = serde_json::to_string(&response).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Response>(&stored).unwrap(), &response);
    }

    #[test]
    fn renaming_parts_changes_no_mark(
        (question, key, _) in matching_trio(),
    ) {
        let right = right_response(&question, &key);
        let before = mark(&question, &key, Points::ONE, right.as_ref());
        let (mut renamed, mut its_key) = (question.clone(), key.clone());
        conceal(&mut renamed, &mut its_key);
        let right = right_response(&renamed, &its_key);
        if validate(&question, &key).is_empty() {
            prop_assert_eq!(validate(&renamed, &its_key), vec![]);
            prop_assert_eq!(mark(&renamed, &its_key, Points::ONE, right.as_ref()).points, before.points);
        }
    }
}
