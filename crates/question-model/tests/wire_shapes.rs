//! The shapes that clients rely on, as JSON.

#![expect(clippy::unwrap_used, reason = "a test's own helpers")]

use std::collections::BTreeMap;

use foundation::Points;
use question_model::*;
use serde_json::{Value, json};

fn shown(body: &Value) -> Value {
    let question: Question =
        serde_json::from_value(json!({"stem": {"text": "Which *one*?"}, "body": body})).unwrap();
    serde_json::to_value(candidate_view(&question, &OptionOrder::default()).interaction).unwrap()
}

fn part(id: &str, text: &str) -> Value {
    json!({"id": id, "text": {"text": text}})
}

#[test]
fn a_candidate_gets_each_type_in_its_own_shape() {
    let options = json!([part("a", "*x*"), part("b", "y")]);
    let html = json!([{"id": "a", "html": "<em>x</em>"}, {"id": "b", "html": "y"}]);
    for (body, interaction) in [
        (
            json!({"type": "single_choice", "options": options, "shuffle": true}),
            json!({"type": "single_choice", "options": html}),
        ),
        (
            json!({"type": "multiple_choice", "options": options, "choices_max": 1}),
            json!({"type": "multiple_choice", "options": html, "choices_max": 1}),
        ),
        (
            json!({"type": "multiple_choice", "options": options}),
            json!({"type": "multiple_choice", "options": html, "choices_max": null}),
        ),
        (json!({"type": "true_false"}), json!({"type": "true_false"})),
        (json!({"type": "short_text"}), json!({"type": "short_text", "chars_max": 200})),
        (json!({"type": "numeric", "units": ["m"]}), json!({"type": "numeric", "units": ["m"]})),
        (json!({"type": "numeric"}), json!({"type": "numeric", "units": []})),
        (
            json!({"type": "cloze", "text": {"text": "Is [[1]] or [[2]]"}, "gaps": [
                {"id": "1", "input": {"kind": "text", "chars_max": 9}},
                {"id": "2", "input": {"kind": "choice", "options": [{"id": "a", "text": "x"}]}},
            ]}),
            json!({
                "type": "cloze",
                "html": "<p>Is <span data-gap=\"1\"></span> or <span data-gap=\"2\"></span></p>\n",
                "gaps": [
                    {"id": "1", "kind": "text", "options": [], "chars_max": 9},
                    {"id": "2", "kind": "choice", "options": [{"id": "a", "text": "x"}], "chars_max": 32},
                ],
            }),
        ),
        (
            json!({"type": "matching", "prompts": options, "targets": options}),
            json!({"type": "matching", "prompts": html, "targets": html}),
        ),
        (json!({"type": "ordering", "items": options}), json!({"type": "ordering", "items": html})),
        (
            json!({"type": "essay", "words_max": 300}),
            json!({"type": "essay", "words_max": 300, "chars_max": 15000}),
        ),
        (
            json!({"type": "file_upload", "extensions": [".pdf"]}),
            json!({"type": "file_upload", "files_max": 1, "bytes_max": 10_485_760, "extensions": [".pdf"]}),
        ),
        (json!({"type": "description"}), json!({"type": "description"})),
    ] {
        assert_eq!(shown(&body), interaction);
    }
}

#[test]
fn a_question_in_a_paper_has_its_place_and_points() {
    let question: Question =
        serde_json::from_value(json!({"stem": {"text": "True?"}, "body": {"type": "true_false"}})).unwrap();
    let id = "01900000-0000-7000-8000-000000000001".parse().unwrap();
    let placed = candidate_view(&question, &OptionOrder::default()).placed(id, 3, 0, Points::whole(2), None);
    assert_eq!(
        serde_json::to_value(placed).unwrap(),
        json!({
            "id": "01900000-0000-7000-8000-000000000001", "number": 3, "section": 0, "points": 2,
            "stimulus": null, "stem_html": "<p>True?</p>\n", "interaction": {"type": "true_false"},
        })
    );
}

#[test]
fn a_response_of_each_type_is_read_and_a_cleared_one_is_empty() {
    let file = json!({"id": "01900000-0000-7000-8000-000000000001", "name": "a.pdf", "bytes": 1});
    for (given, cleared) in [
        (json!({"type": "single_choice", "choice": "a"}), json!({"type": "single_choice", "choice": null})),
        (
            json!({"type": "multiple_choice", "choices": ["a"]}),
            json!({"type": "multiple_choice", "choices": []}),
        ),
        (json!({"type": "true_false", "value": false}), json!({"type": "true_false", "value": null})),
        (json!({"type": "short_text", "text": "x"}), json!({"type": "short_text", "text": ""})),
        (
            json!({"type": "numeric", "text": "1", "unit": "m"}),
            json!({"type": "numeric", "text": "", "unit": null}),
        ),
        (json!({"type": "cloze", "gaps": {"1": "x"}}), json!({"type": "cloze", "gaps": {}})),
        (json!({"type": "matching", "pairs": {"a": "b"}}), json!({"type": "matching", "pairs": {}})),
        (json!({"type": "ordering", "order": ["b", "a"]}), json!({"type": "ordering", "order": []})),
        (json!({"type": "essay", "text": "x"}), json!({"type": "essay", "text": ""})),
        (json!({"type": "file_upload", "files": [file]}), json!({"type": "file_upload", "files": []})),
    ] {
        let response: Response = serde_json::from_value(given.clone()).unwrap();
        assert!(!response.is_empty(), "{given}");
        assert_eq!(serde_json::to_value(&response).unwrap(), given);
        let response: Response = serde_json::from_value(cleared.clone()).unwrap();
        assert!(response.is_empty(), "{cleared}");
    }
}

#[test]
fn what_is_not_a_response_is_refused() {
    for body in [
        json!({"type": "single_choice"}),
        json!({"type": "multiple_choice"}),
        json!({"type": "single_choice", "choice": "a", "key": "b"}),
        json!({"type": "single_choice", "choice": 1}),
        json!({"type": "single_choice", "choice": ""}),
        json!({"type": "short_text", "text": null}),
        json!({"type": "description"}),
        json!({"type": "other"}),
        json!({"choice": "a"}),
        json!(null),
    ] {
        let read = serde_json::from_value::<Response>(body.clone());
        // A choice that is left out is a cleared one.
        if body != json!({"type": "single_choice"}) {
            assert!(read.is_err(), "{body}");
        }
    }
}

#[test]
fn unknown_fields_of_questions_and_keys_are_refused() {
    for body in [
        json!({"type": "single_choice", "options": [], "right": "a"}),
        json!({"type": "single_choice", "options": [{"id": "a", "text": {"text": "x"}, "right": true}]}),
        json!({"type": "true_false", "right": true}),
        json!({"type": "cloze", "text": {"text": ""}, "gaps": [{"id": "1", "input": {"kind": "number"}, "right": 1}]}),
        json!({"type": "description", "x": 1}),
    ] {
        assert!(serde_json::from_value::<QuestionBody>(body.clone()).is_err(), "{body}");
    }
    let key = json!({"scheme": {"type": "true_false", "right": true, "x": 1}});
    assert!(serde_json::from_value::<Key>(key).is_err());
    let key =
        json!({"scheme": {"type": "multiple_choice", "marking": {"rule": "partial", "right": [], "x": 1}}});
    assert!(serde_json::from_value::<Key>(key).is_err());
}

#[test]
fn a_mark_says_why_in_a_code_and_numbers() {
    let question: Question = serde_json::from_value(json!({
        "stem": {"text": "?"},
        "body": {"type": "multiple_choice", "options": [part("a", "x"), part("b", "y"), part("c", "z")]},
    }))
    .unwrap();
    let key: Key = serde_json::from_value(
        json!({"scheme": {"type": "multiple_choice", "marking": {"rule": "partial", "right": ["a", "b"]}}}),
    )
    .unwrap();
    let response = serde_json::from_value(json!({"type": "multiple_choice", "choices": ["a"]})).unwrap();
    assert_eq!(
        serde_json::to_value(mark(&question, &key, Points::whole(3), Some(&response))).unwrap(),
        json!({
            "points": 1.5, "points_max": 3, "outcome": "partial",
            "parts": [{"part": "a", "points": 0, "why": {"code": "right"}}],
            "why": {"code": "balance", "right": 1, "right_of": 2, "wrong": 0, "wrong_of": 1},
        })
    );
}

#[test]
fn an_order_is_stored_as_lists_of_ids() {
    let order = OptionOrder {
        options: vec![PartId::new("b").unwrap(), PartId::new("a").unwrap()],
        gaps: BTreeMap::new(),
    };
    assert_eq!(serde_json::to_value(&order).unwrap(), json!({"options": ["b", "a"]}));
    assert_eq!(serde_json::from_value::<OptionOrder>(json!({})).unwrap(), OptionOrder::default());
}
