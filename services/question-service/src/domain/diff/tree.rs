//! Compares two JSON values field by field.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{Change, ChangeKind, words::pieces};

/// What differs between `before` and `after`, in the order of their fields.
pub fn changes(before: &Value, after: &Value) -> Vec<Change> {
    let mut changes = Vec::new();
    compare("", before, after, &mut changes);
    changes
}

fn compare(field: &str, before: &Value, after: &Value, changes: &mut Vec<Change>) {
    match (before, after) {
        _ if before == after => {}
        (Value::Object(before), Value::Object(after)) => objects(field, before, after, changes),
        (Value::Array(before), Value::Array(after)) => arrays(field, before, after, changes),
        (Value::Null, _) => push(field, ChangeKind::Added, before, after, changes),
        (_, Value::Null) => push(field, ChangeKind::Removed, before, after, changes),
        (Value::String(old), Value::String(new)) => changes.push(Change {
            field: field.to_owned(),
            kind: ChangeKind::Changed,
            before: before.clone(),
            after: after.clone(),
            words: Some(pieces(old, new)),
        }),
        _ => push(field, ChangeKind::Changed, before, after, changes),
    }
}

fn objects(field: &str, before: &Map<String, Value>, after: &Map<String, Value>, changes: &mut Vec<Change>) {
    let names = before.keys().chain(after.keys().filter(|name| !before.contains_key(*name)));
    for name in names {
        let inner = if field.is_empty() { name.clone() } else { format!("{field}.{name}") };
        let value = |object: &Map<String, Value>| object.get(name).cloned().unwrap_or(Value::Null);
        compare(&inner, &value(before), &value(after), changes);
    }
}

fn arrays(field: &str, before: &[Value], after: &[Value], changes: &mut Vec<Change>) {
    match (ids(before), ids(after)) {
        (Some(old), Some(new)) => by_id(field, (before, &old), (after, &new), changes),
        _ if before.iter().chain(after).any(Value::is_object) => {
            for place in 0..before.len().max(after.len()) {
                let value = |list: &[Value]| list.get(place).cloned().unwrap_or(Value::Null);
                compare(&format!("{field}[{place}]"), &value(before), &value(after), changes);
            }
        }
        _ => {
            let (before, after) = (Value::from(before.to_vec()), Value::from(after.to_vec()));
            push(field, ChangeKind::Changed, &before, &after, changes);
        }
    }
}

/// The ids of parts that all have one, each another.
fn ids(parts: &[Value]) -> Option<Vec<&str>> {
    let ids: Vec<&str> = parts.iter().map(|part| part.get("id")?.as_str()).collect::<Option<_>>()?;
    (ids.iter().collect::<BTreeSet<_>>().len() == ids.len()).then_some(ids)
}

type Parts<'a> = (&'a [Value], &'a [&'a str]);

fn by_id(field: &str, before: Parts<'_>, after: Parts<'_>, changes: &mut Vec<Change>) {
    let find = |(parts, ids): Parts<'_>, id: &str| {
        ids.iter().position(|other| *other == id).map_or(Value::Null, |place| parts[place].clone())
    };
    let new_ones = after.1.iter().filter(|id| !before.1.contains(id));
    for id in before.1.iter().chain(new_ones) {
        compare(&format!("{field}[{id}]"), &find(before, id), &find(after, id), changes);
    }
    let stayed = |ids: &[&str], others: &[&str]| {
        ids.iter().filter(|id| others.contains(id)).map(|id| Value::from(*id)).collect::<Vec<_>>()
    };
    let (old, new) = (stayed(before.1, after.1), stayed(after.1, before.1));
    if old != new {
        push(field, ChangeKind::Reordered, &old.into(), &new.into(), changes);
    }
}

fn push(field: &str, kind: ChangeKind, before: &Value, after: &Value, changes: &mut Vec<Change>) {
    let (before, after) = (before.clone(), after.clone());
    changes.push(Change { field: field.to_owned(), kind, before, after, words: None });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(before: &Value, after: &Value) -> Vec<String> {
        let changes = changes(before, after).into_iter();
        changes.map(|c| format!("{} {:?} {} -> {}", c.field, c.kind, c.before, c.after)).collect()
    }

    #[test]
    fn parts_are_compared_by_id_wherever_they_stand() {
        let option = |id: &str, text: &str| json!({"id": id, "text": {"text": text}});
        let before = json!({"options": [option("a", "Rome"), option("b", "Oslo"), option("c", "Bern")]});
        let after = json!({"options": [option("c", "Bern"), option("a", "Roma"), option("d", "Kyiv")]});
        assert_eq!(
            said(&before, &after),
            [
                r#"options[a].text.text Changed "Rome" -> "Roma""#,
                r#"options[b] Removed {"id":"b","text":{"text":"Oslo"}} -> null"#,
                r#"options[d] Added null -> {"id":"d","text":{"text":"Kyiv"}}"#,
                r#"options Reordered ["a","c"] -> ["c","a"]"#,
            ]
        );
    }

    #[test]
    fn numbers_lists_and_fields_that_come_and_go_are_named() {
        assert_eq!(
            said(
                &json!({"points": 1, "order": ["a", "b"], "note": "x", "answers": [{"value": 1}]}),
                &json!({"points": 2, "order": ["b", "a"], "why": {"text": "y"}, "answers": [{"value": 1}, {"value": 2}]}),
            ),
            [
                r#"answers[1] Added null -> {"value":2}"#,
                r#"note Removed "x" -> null"#,
                r#"order Changed ["a","b"] -> ["b","a"]"#,
                r#"points Changed 1 -> 2"#,
                r#"why Added null -> {"text":"y"}"#,
            ]
        );
        assert!(said(&json!({"a": [1, {"b": null}]}), &json!({"a": [1, {"b": null}]})).is_empty());
    }
}
