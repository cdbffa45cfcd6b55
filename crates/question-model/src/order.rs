//! The order in which one candidate sees the options.

use std::collections::{BTreeMap, BTreeSet};

use foundation::{Random, shuffle};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{PartId, Question, QuestionBody, types::cloze::GapKind};

/// The order in which one candidate sees the options: explicit, so that it can be stored and looked at.
/// What it leaves out comes last, in the author's order; what it names too much is passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OptionOrder {
    /// Options, targets or items; empty when the question has none or keeps the author's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<PartId>,
    /// The options of each gap with a choice.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub gaps: BTreeMap<PartId, Vec<PartId>>,
}

/// Draws an order for `question`: what it says to shuffle is shuffled, fixed options keep their place, and
/// items to put in order are always shuffled.
pub fn option_order(question: &Question, random: &dyn Random) -> OptionOrder {
    let ids = |parts: &[crate::TextPart]| parts.iter().map(|part| part.id.clone()).collect::<Vec<_>>();
    let mut order = OptionOrder::default();
    match &question.body {
        QuestionBody::SingleChoice(body) if body.shuffle => {
            order.options = around_fixed(&body.options, random);
        }
        QuestionBody::MultipleChoice(body) if body.shuffle => {
            order.options = around_fixed(&body.options, random);
        }
        QuestionBody::Matching(body) if body.shuffle => {
            order.options = ids(&body.targets);
            shuffle(&mut order.options, random);
        }
        QuestionBody::Ordering(body) => {
            order.options = ids(&body.items);
            shuffle(&mut order.options, random);
        }
        QuestionBody::Cloze(body) => {
            for gap in &body.gaps {
                if let GapKind::Choice { options, shuffle: true } = &gap.input {
                    let mut ids: Vec<PartId> = options.iter().map(|option| option.id.clone()).collect();
                    shuffle(&mut ids, random);
                    order.gaps.insert(gap.id.clone(), ids);
                }
            }
        }
        QuestionBody::SingleChoice(_)
        | QuestionBody::MultipleChoice(_)
        | QuestionBody::Matching(_)
        | QuestionBody::TrueFalse(_)
        | QuestionBody::ShortText(_)
        | QuestionBody::Numeric(_)
        | QuestionBody::Essay(_)
        | QuestionBody::FileUpload(_)
        | QuestionBody::Description(_) => {}
    }
    order
}

/// The options in a random order; a fixed one ("none of the above") keeps its place.
fn around_fixed(options: &[crate::ChoiceOption], random: &dyn Random) -> Vec<PartId> {
    let mut loose: Vec<&PartId> =
        options.iter().filter(|option| !option.fixed).map(|option| &option.id).collect();
    shuffle(&mut loose, random);
    let mut loose = loose.into_iter();
    options
        .iter()
        .map(|option| if option.fixed { &option.id } else { loose.next().unwrap_or(&option.id) }.clone())
        .collect()
}

/// `parts` in `order`; those that `order` leaves out come last, as they were.
pub(crate) fn ordered<'a, T>(parts: &'a [T], order: &[PartId], id: impl Fn(&T) -> &PartId) -> Vec<&'a T> {
    let mut places: BTreeMap<&PartId, usize> = BTreeMap::new();
    for (place, part) in order.iter().enumerate() {
        places.entry(part).or_insert(place);
    }
    let mut sorted: Vec<&T> = parts.iter().collect();
    sorted.sort_by_key(|part| places.get(id(part)).copied().unwrap_or(usize::MAX));
    let mut seen = BTreeSet::new();
    sorted.retain(|part| seen.insert(id(part)));
    sorted
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use foundation::SeededRandom;
    use serde_json::json;

    use super::*;
    use crate::testing::{Asked, parts};

    fn letters(order: &OptionOrder) -> String {
        order.options.iter().map(PartId::as_str).collect()
    }

    #[test]
    fn a_fixed_option_keeps_its_place() {
        let mut options = parts(&["one", "two", "three", "none of the above"]);
        options[3]["fixed"] = true.into();
        let body = json!({"options": options, "shuffle": true});
        let asked = Asked::new("single_choice", body, json!({"fractions": {"a": 1}}));
        let orders: BTreeSet<String> =
            (0..100).map(|seed| letters(&option_order(&asked.question, &SeededRandom::new(seed)))).collect();
        assert_eq!(orders.len(), 6);
        assert!(orders.iter().all(|order| order.ends_with('d')));
    }

    #[test]
    fn the_same_seed_gives_the_same_order_and_no_shuffle_gives_none() {
        let body = json!({"options": parts(&["one", "two", "three"])});
        let asked = Asked::new("single_choice", body, json!({"fractions": {"a": 1}}));
        assert_eq!(option_order(&asked.question, &SeededRandom::new(1)), OptionOrder::default());
        let items = json!({"items": parts(&["one", "two", "three", "four", "five"])});
        let asked = Asked::new("ordering", items, json!({"order": ["a", "b", "c", "d", "e"]}));
        let order = option_order(&asked.question, &SeededRandom::new(7));
        assert_eq!(order, option_order(&asked.question, &SeededRandom::new(7)));
        assert_eq!(order.options.len(), 5);
    }

    #[test]
    fn an_order_that_names_too_little_or_too_much_still_shows_everything_once() {
        let ids = ["a", "b", "c"].map(|id| PartId::new(id).unwrap());
        let order = ["c", "z", "c", "a"].map(|id| PartId::new(id).unwrap());
        let shown: Vec<&str> = ordered(&ids, &order, |id| id).into_iter().map(PartId::as_str).collect();
        assert_eq!(shown, ["c", "a", "b"]);
    }
}
