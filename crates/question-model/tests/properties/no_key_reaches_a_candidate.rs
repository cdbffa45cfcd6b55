//! Plants a word in every place of a key that holds text, and looks for it in what a candidate gets.

use foundation::{Points, SeededRandom};
use proptest::prelude::*;
use question_model::*;
use serde_json::Value;

use crate::support::matching_trio;

const PLANTED: &str = "planted7e57key";

/// Puts the word into every text of a key: feedback, explanations, notes and accepted answers.
fn plant(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    Value::String(text) if matches!(name.as_str(), "text" | "pattern" | "unit") => {
                        text.push_str(PLANTED);
                    }
                    other => plant(other),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(plant),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn no_candidate_view_and_no_mark_holds_a_planted_key(
        (question, key, response) in matching_trio(), seed in any::<u64>(),
    ) {
        let mut stored = serde_json::to_value(&key)?;
        plant(&mut stored);
        // A key whose numbers JSON can't hold was made up by the test; nothing to plant there.
        let Ok(key) = serde_json::from_value::<Key>(stored) else { return Ok(()) };
        let order = option_order(&question, &SeededRandom::new(seed));
        let view = serde_json::to_string(&candidate_view(&question, &order))?;
        prop_assert!(!view.contains(PLANTED));
        let marked = serde_json::to_string(&mark(&question, &key, Points::ONE, Some(&response)))?;
        prop_assert!(!marked.contains(PLANTED));
    }
}
