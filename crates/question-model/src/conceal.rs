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
