//! Ids and lists that don't give the answer away.

use std::collections::BTreeMap;

use crate::{Key, MarkScheme, PartId, Question, QuestionBody, TextPart};

/// Renames the items of an ordering question and the targets of a matching question by the order of their
/// texts, and lists them so.
///
/// An author who writes the items in the right order gets the ids `a`, `b`, `c` in the right order; a
/// candidate sees ids. After this, ids and list say nothing that the texts don't say. Call it whenever a
/// version is stored; doing it again changes nothing.
pub fn conceal(question: &mut Question, key: &mut Key) {
    match (&mut question.body, &mut key.scheme) {
        (QuestionBody::Ordering(body), MarkScheme::Ordering(key)) => {
            let names = rename_by_text(&mut body.items);
            for id in &mut key.order {
                rename(id, &names);
            }
        }
        (QuestionBody::Matching(body), MarkScheme::Matching(key)) => {
            let names = rename_by_text(&mut body.targets);
            for id in key.pairs.values_mut() {
                rename(id, &names);
            }
        }
        _ => {}
    }
}

/// Sorts `parts` by text and names them `a`, `b`, `c` …; gives the new name of each old one.
/// Parts that share an id are left alone: the question isn't valid, and renaming would hide it.
fn rename_by_text(parts: &mut [TextPart]) -> BTreeMap<PartId, PartId> {
    let mut names: BTreeMap<PartId, PartId> =
        parts.iter().map(|part| (part.id.clone(), part.id.clone())).collect();
    if names.len() < parts.len() {
        return BTreeMap::new();
    }
    parts.sort_by(|one, other| (&one.text.text, &one.id).cmp(&(&other.text.text, &other.id)));
    for (place, part) in parts.iter_mut().enumerate() {
        let name = PartId::lettered(place);
        names.insert(std::mem::replace(&mut part.id, name.clone()), name);
    }
    names
}

fn rename(id: &mut PartId, names: &BTreeMap<PartId, PartId>) {
    if let Some(name) = names.get(id) {
        *id = name.clone();
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::{Asked, parts};

    #[test]
    fn an_order_written_in_the_right_order_does_not_show_in_the_ids() {
        let items = json!({"items": parts(&["Mercury", "Venus", "Earth", "Mars"])});
        let mut asked = Asked::new("ordering", items, json!({"order": ["a", "b", "c", "d"]}));
        conceal(&mut asked.question, &mut asked.key);
        let QuestionBody::Ordering(body) = &asked.question.body else { panic!("still an ordering") };
        let listed: Vec<(&str, &str)> =
            body.items.iter().map(|item| (item.id.as_str(), item.text.text.as_str())).collect();
        assert_eq!(listed, [("a", "Earth"), ("b", "Mars"), ("c", "Mercury"), ("d", "Venus")]);
        assert_eq!(asked.points(json!({"order": ["c", "d", "a", "b"]})).0, 1.0);
        let once = (asked.question.clone(), asked.key.clone());
        conceal(&mut asked.question, &mut asked.key);
        assert_eq!(once, (asked.question, asked.key));
    }

    #[test]
    fn targets_written_beside_their_prompts_do_not_show_in_the_ids() {
        let mut asked = Asked::new(
            "matching",
            json!({"prompts": parts(&["Italy", "Japan"]), "targets": parts(&["Rome", "Berlin"])}),
            json!({"pairs": {"a": "a", "b": "b"}}),
        );
        conceal(&mut asked.question, &mut asked.key);
        assert_eq!(asked.points(json!({"pairs": {"a": "b", "b": "a"}})).0, 1.0);
    }

    #[test]
    fn a_question_with_an_id_twice_is_left_for_validation() {
        let items =
            json!({"items": [{"id": "a", "text": {"text": "x"}}, {"id": "a", "text": {"text": "y"}}]});
        let mut asked = Asked::new("ordering", items, json!({"order": ["a"]}));
        let before = asked.question.clone();
        conceal(&mut asked.question, &mut asked.key);
        assert_eq!(asked.question, before);
    }
}
