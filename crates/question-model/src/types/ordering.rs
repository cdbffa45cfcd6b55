//! Items to put in order.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::text_part::{TextPart, part_ids, validate_parts};
use crate::{
    PartId, Why,
    fraction::Share,
    limits::{ITEMS_MAX, ITEMS_MIN},
    mark::Score,
    validate::Findings,
};

/// Items to put in order. Their own order says nothing: [`crate::conceal`] sorts them by text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderingBody {
    /// Always shown shuffled.
    pub items: Vec<TextPart>,
}

/// The right order, and what coming close to it is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderingKey {
    /// All items, first to last.
    pub order: Vec<PartId>,
    /// How it is marked.
    #[serde(default)]
    pub rule: OrderingRule,
}

/// How an order turns into points. `n` is the number of items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderingRule {
    /// All the points for exactly the right order, otherwise none.
    #[default]
    Exact,
    /// `right neighbours ⁄ (n − 1)`: two items are right neighbours when the second follows directly on the
    /// first in both orders (Moodle's "relative to the next item, excluding last").
    AdjacentPairs,
    /// `max(0, (concordant − discordant) ⁄ (n (n − 1) ⁄ 2))` over all pairs of items: Kendall's τ-a, not below
    /// zero (M. G. Kendall, "A new measure of rank correlation", Biometrika 30, 1938). The reversed order and,
    /// on average, a random one bring nothing.
    Relative,
}

/// The items in the candidate's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderingResponse {
    /// First to last; empty when cleared.
    pub order: Vec<PartId>,
}

impl OrderingBody {
    pub(crate) fn validate(&self, at: &str, findings: &mut Findings) {
        let list = format!("{at}.items");
        findings.count(&list, self.items.len(), ITEMS_MIN, ITEMS_MAX);
        validate_parts(&self.items, &list, findings);
        findings.different(&list, self.items.iter().map(|part| part.text.text.as_str()));
    }
}

impl OrderingKey {
    pub(crate) fn validate(&self, body: &OrderingBody, at: &str, findings: &mut Findings) {
        let field = format!("{at}.order");
        let items = part_ids(&body.items);
        findings.known(&field, self.order.iter(), &items);
        let named: BTreeSet<&PartId> = self.order.iter().collect();
        if named.len() < self.order.len() {
            findings.add(&field, "question.id_duplicate", "An item stands in the order twice.");
        }
        if items.iter().any(|item| !named.contains(item)) {
            findings.add(field, "question.no_right_answer", "The order must name every item.");
        }
    }

    pub(crate) fn mark(&self, response: &OrderingResponse) -> Score {
        let given = once_each(&response.order);
        let wanted = once_each(&self.order);
        match self.rule {
            OrderingRule::Exact => {
                let exact = wanted == given;
                Score::all_or_nothing(exact, if exact { Why::Right } else { Why::NotExactOrder })
            }
            OrderingRule::AdjacentPairs => {
                let neighbours: BTreeSet<(&PartId, &PartId)> =
                    given.iter().zip(given.iter().skip(1)).map(|(one, next)| (*one, *next)).collect();
                let right = wanted
                    .iter()
                    .zip(wanted.iter().skip(1))
                    .filter(|(one, next)| neighbours.contains(&(**one, **next)))
                    .count();
                let of = wanted.len().saturating_sub(1);
                Score::of(
                    Share::ratio(right as i64, of as i64),
                    Why::RightOf { right: right as u32, of: of as u32 },
                )
            }
            OrderingRule::Relative => relative(&wanted, &given),
        }
    }
}

/// Kendall's τ-a over the pairs of `wanted`; a pair with a missing item counts neither for nor against.
fn relative(wanted: &[&PartId], given: &[&PartId]) -> Score {
    let places: BTreeMap<&PartId, usize> = given.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    let (mut concordant, mut discordant, mut of) = (0_u32, 0_u32, 0_u32);
    for (place, one) in wanted.iter().enumerate() {
        for other in wanted.iter().skip(place + 1) {
            of += 1;
            match (places.get(one), places.get(other)) {
                (Some(one), Some(other)) if one < other => concordant += 1,
                (Some(_), Some(_)) => discordant += 1,
                _ => {}
            }
        }
    }
    let share = Share::ratio(i64::from(concordant) - i64::from(discordant), of.into()).floored();
    Score::of(share, Why::PairsInOrder { concordant, discordant, of })
}

/// The ids without repetitions, and no more of them than an order may have.
fn once_each(ids: &[PartId]) -> Vec<&PartId> {
    let mut seen = BTreeSet::new();
    ids.iter().filter(|id| seen.insert(*id)).take(ITEMS_MAX).collect()
}

impl OrderingResponse {
    pub(crate) fn check(&self, body: &OrderingBody, findings: &mut Findings) {
        let items = part_ids(&body.items);
        if self.order.len() > items.len() {
            findings.add("order", "response.too_many", format!("At most {} items.", items.len()));
            return;
        }
        let mut seen = BTreeSet::new();
        for (place, id) in self.order.iter().enumerate() {
            if !items.contains(id) {
                let field = format!("order[{place}]");
                findings.add(field, "response.unknown_id", "The question has no such item.");
            } else if !seen.insert(id) {
                findings.add(format!("order[{place}]"), "response.twice", "The item stands there twice.");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{
        Outcome, Why,
        testing::{Asked, parts},
    };

    fn planets(rule: &str) -> Asked {
        Asked::new(
            "ordering",
            json!({"items": parts(&["Earth", "Mars", "Mercury", "Venus"])}),
            json!({"order": ["c", "d", "a", "b"], "rule": rule}),
        )
    }

    fn given(order: &str) -> serde_json::Value {
        json!({"order": order.chars().map(String::from).collect::<Vec<_>>()})
    }

    #[test]
    fn exact_means_exact() {
        let asked = planets("exact");
        assert_eq!(asked.points(given("cdab")), (1.0, Outcome::Correct));
        assert_eq!(asked.points(given("cdba")), (0.0, Outcome::Wrong));
        assert_eq!(asked.points(given("cda")), (0.0, Outcome::Wrong));
        assert_eq!(asked.points(given("")), (0.0, Outcome::Unanswered));
    }

    #[test]
    fn right_neighbours_bring_their_part() {
        let asked = planets("adjacent_pairs");
        assert_eq!(asked.points(given("cdab")), (1.0, Outcome::Correct));
        assert_eq!(asked.points(given("abcd")), (0.6666667, Outcome::Partial));
        assert_eq!(asked.points(given("badc")), (0.0, Outcome::Wrong));
        assert_eq!(asked.points(given("cd")), (0.3333333, Outcome::Partial));
    }

    #[test]
    fn relative_marks_are_kendalls_tau_above_zero() {
        let asked = planets("relative");
        assert_eq!(asked.points(given("cdab")), (1.0, Outcome::Correct));
        assert_eq!(asked.points(given("dcab")), (0.6666667, Outcome::Partial));
        assert_eq!(asked.points(given("badc")), (0.0, Outcome::Wrong));
        assert_eq!(asked.mark(given("cd")).why, Why::PairsInOrder { concordant: 1, discordant: 0, of: 6 });
    }

    #[test]
    fn an_order_names_every_item_once() {
        assert_eq!(planets("exact").problems(), [""; 0]);
        assert_eq!(planets("exact").misfits(given("cc")), ["response.order[1] response.twice"]);
        assert_eq!(planets("exact").misfits(given("z")), ["response.order[0] response.unknown_id"]);
        assert_eq!(planets("exact").misfits(given("abcda")), ["response.order response.too_many"]);
        let asked =
            Asked::new("ordering", json!({"items": parts(&["x", "y"])}), json!({"order": ["a", "a", "z"]}));
        assert_eq!(
            asked.problems(),
            [
                "key.scheme.order question.id_unknown",
                "key.scheme.order question.id_duplicate",
                "key.scheme.order question.no_right_answer",
            ]
        );
    }
}
