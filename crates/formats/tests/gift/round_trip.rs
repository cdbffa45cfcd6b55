//! What is written reads back the same.

use formats::gift::{Export, ExportedQuestion, export};
use formats::{EntryStatus, ImportedQuestion};
use proptest::prelude::*;
use question_model::{Key, Outcome, Question, mark, right_response};
use serde_json::json;

use crate::support::{keeping_weights, read_with};

fn written(items: &[ImportedQuestion]) -> Export {
    export(items.iter().map(|item| ExportedQuestion {
        title: item.title.as_deref(),
        category: &item.category,
        tags: &item.tags,
        idnumber: item.idnumber.as_deref(),
        question: &item.question,
        key: &item.key,
    }))
}

/// Without what differs by where a question stands in its file.
fn timeless(items: Vec<ImportedQuestion>) -> Vec<ImportedQuestion> {
    items.into_iter().map(|item| ImportedQuestion { line: 0, ..item }).collect()
}

/// Imports `text`, writes it, imports that, and compares.
pub fn survives(text: &str) -> usize {
    let first = read_with(text, keeping_weights());
    let file = written(&first.items);
    for entry in &file.report {
        assert_eq!(entry.status, EntryStatus::Imported, "{entry:?}");
    }
    if first.items.is_empty() {
        return 0;
    }
    let again = read_with(&file.text, keeping_weights());
    assert_eq!(again.refused(), 0, "{:#?}\n{}", again.report, file.text);
    assert_eq!(written(&again.items).text, file.text, "written again the same");
    let (first, again) = (timeless(first.items), timeless(again.items));
    let places = first.iter().map(|item| item.number).zip(1..);
    for ((mut one, two), (number, place)) in first.iter().cloned().zip(&again).zip(places) {
        assert_eq!((one.number, two.number), (number, place));
        one.number = place;
        assert_eq!(&one, two, "{}", file.text);
    }
    assert_eq!(first.len(), again.len());
    first.len()
}

#[test]
fn every_kind_of_question_survives() {
    let text = "// [id:a\\]1] [tag:x] [tag:y]\n::One \\: two::[html]<p>a \\{b\\} \\\\ \\# \\~</p>{~%50%x#no =[plain][html\\=] \
        ~%-33.33333%%50%z ####[markdown]all\\nof *it*}\n\n$CATEGORY: $course$/top/数学/km//h\n\nIs {=a =%50%b*#c =%0%*} there?\n\n\
        N{#=3.5:0.1#yes =%50%-1..2 ~#no}\n\nM{=a -> 1 =[html]<i title\\=\"->\">b</i> -> 2 = -> 3 -> 4}\n\n\
        T{TRUE#a#b####c}\n\nF{F##right}\n\n[plain][html]E{}\n\nS{~%33.33333%a#x ~%33.33333%b ~%33.33333%c ~%-100%d}\n\n::t::text \\= // x";
    assert_eq!(survives(text), 9);
}

fn exported(body: &serde_json::Value, scheme: &serde_json::Value) -> (Question, Key, Export) {
    let question: Question =
        serde_json::from_value(json!({"stem": {"text": "Which *one*?"}, "body": body})).unwrap();
    let key: Key = serde_json::from_value(json!({"scheme": scheme})).unwrap();
    let item = ExportedQuestion {
        title: None,
        category: &[],
        tags: &[],
        idnumber: None,
        question: &question,
        key: &key,
    };
    let file = export([item]);
    (question, key, file)
}

fn options(texts: &[&str]) -> serde_json::Value {
    let option = |(place, text): (usize, &&str)| json!({"id": question_model::PartId::lettered(place), "text": {"text": text}});
    texts.iter().enumerate().map(option).collect()
}

#[test]
fn a_partial_rule_is_written_as_the_weights_that_mean_the_same() {
    let (.., file) = exported(
        &json!({"type": "multiple_choice", "options": options(&["a", "b", "c", "d"])}),
        &json!({"type": "multiple_choice", "marking": {"rule": "partial", "right": ["a", "b", "c"]}}),
    );
    assert_eq!(file.report[0].status, EntryStatus::Imported);
    assert_eq!(
        file.text,
        "[markdown]Which *one*?{\n\t~%33.33333%[markdown]a\n\t~%33.33333%[markdown]b\n\t~%33.33333%[markdown]c\n\
         \t~%-100%[markdown]d\n}\n\n"
    );
    let item = read_with(&file.text, keeping_weights()).items.remove(0);
    let right = right_response(&item.question, &item.key);
    let marked = mark(&item.question, &item.key, foundation::Points::whole(3), right.as_ref());
    assert_eq!(marked.outcome, Outcome::Correct);
}

#[test]
fn what_gift_cannot_say_is_reported_and_not_bent() {
    let status = |body: serde_json::Value, scheme: serde_json::Value| {
        let (.., file) = exported(&body, &scheme);
        let entry = &file.report[0];
        (entry.status, entry.notes.iter().map(|note| note.code.clone()).collect::<Vec<_>>().join(", "))
    };
    let refused = |code: &str| (EntryStatus::Refused, code.to_owned());
    let warned = |code: &str| (EntryStatus::ImportedWithWarning, code.to_owned());
    assert_eq!(
        status(
            json!({"type": "ordering", "items": options(&["a", "b"])}),
            json!({"type": "ordering", "order": ["a", "b"]})
        ),
        refused("gift.type_left_out")
    );
    assert_eq!(
        status(
            json!({"type": "numeric", "units": ["m"]}),
            json!({"type": "numeric", "answers": [{"value": 1, "fraction": 1}], "units": [{"unit": "m", "multiplier": 1}]})
        ),
        refused("gift.units")
    );
    assert_eq!(
        status(
            json!({"type": "short_text"}),
            json!({"type": "short_text", "alternatives": [{"pattern": "a->b", "fraction": 1}]})
        ),
        refused("gift.arrow")
    );
    assert_eq!(
        status(
            json!({"type": "single_choice", "options": options(&["a"])}),
            json!({"type": "single_choice", "fractions": {"a": 1}})
        ),
        refused("gift.too_few_answers")
    );
    assert_eq!(
        status(
            json!({"type": "multiple_choice", "options": options(&["a", "b"])}),
            json!({"type": "multiple_choice", "marking": {"rule": "all_or_nothing", "right": ["a"]}})
        ),
        warned("gift.rule_changed")
    );
    assert_eq!(
        status(
            json!({"type": "numeric"}),
            json!({"type": "numeric", "answers": [{"value": 200, "tolerance": {"kind": "relative", "by": 0.1}, "fraction": 1}]})
        ),
        warned("gift.tolerance_changed")
    );
}

/// Any text, often one that GIFT could take for something else.
fn text() -> impl Strategy<Value = String> {
    let parts = vec![
        "a",
        "北",
        " ",
        "\n",
        "\n\n",
        "//",
        "::",
        "{",
        "}",
        "=",
        "~",
        "#",
        "####",
        "\\",
        "\\n",
        "%50%",
        "[html]",
        "[",
        "->",
        "$CATEGORY: x",
        "*",
        "T",
        "$x$",
        "<b>",
        "_____",
    ];
    prop::collection::vec(prop::sample::select(parts), 1..6).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn any_text_anywhere_survives(
        stem in text(), one in text(), two in text(), feedback in text(), title in "[a-z:={}\\\\#~]{1,8}", tag in text(),
    ) {
        let question = json!({
            "stem": {"format": "moodle", "text": format!("Q{stem}").trim()},
            "body": {"type": "single_choice", "shuffle": true, "options": [
                {"id": "a", "text": {"format": "html", "text": format!("1{one}").trim()}},
                {"id": "b", "text": {"format": "plain", "text": format!("2{two}").trim()}},
            ]},
        });
        let key = json!({
            "scheme": {"type": "single_choice", "fractions": {"b": 1, "a": -0.25},
                "feedback": {"a": {"format": "markdown", "text": format!("F{feedback}").trim()}}},
            "general_feedback": {"format": "plain", "text": format!("G{feedback}").trim()},
        });
        let question: Question = serde_json::from_value(question)?;
        let key: Key = serde_json::from_value(key)?;
        let tags = [format!("t{}", tag.replace('\n', "")).trim().to_owned()];
        let category = [format!("c{}", tag.replace('\n', " ").trim())];
        let item = ExportedQuestion {
            title: Some(&title), category: &category, tags: &tags, idnumber: Some(&tags[0]),
            question: &question, key: &key,
        };
        let file = export([item]);
        let again = read_with(&file.text, keeping_weights());
        prop_assert_eq!(again.items.len(), 1, "{:?} {}", again.report, file.text);
        let read = &again.items[0];
        prop_assert_eq!(&read.question, &question, "{}", file.text);
        prop_assert_eq!(&read.key, &key, "{}", file.text);
        prop_assert_eq!(read.title.as_deref(), Some(title.as_str()));
        prop_assert_eq!(&read.tags[..], &tags[..]);
        prop_assert_eq!(&read.category[..], &category[..]);
    }

    #[test]
    fn any_pair_survives_or_is_refused(prompt in text(), target in text()) {
        let question = json!({
            "stem": {"format": "moodle", "text": "Match"},
            "body": {"type": "matching", "prompts": [
                {"id": "1", "text": {"format": "html", "text": format!("p{prompt}").trim()}},
                {"id": "2", "text": {"format": "plain", "text": "q"}},
            ], "targets": [
                {"id": "a", "text": {"format": "plain", "text": "A"}},
                {"id": "b", "text": {"format": "plain", "text": format!("B{target}").trim()}},
                {"id": "c", "text": {"format": "plain", "text": "C"}},
            ]},
        });
        let key = json!({"scheme": {"type": "matching", "pairs": {"1": "b", "2": "a"}}});
        let question: Question = serde_json::from_value(question)?;
        let key: Key = serde_json::from_value(key)?;
        let item = ExportedQuestion {
            title: None, category: &[], tags: &[], idnumber: None, question: &question, key: &key,
        };
        let file = export([item]);
        if file.report[0].status == EntryStatus::Imported {
            let again = read_with(&file.text, keeping_weights());
            prop_assert_eq!(again.items.len(), 1, "{:?} {}", again.report, file.text);
            prop_assert_eq!(&again.items[0].question, &question, "{}", file.text);
            prop_assert_eq!(&again.items[0].key, &key, "{}", file.text);
        } else {
            prop_assert!(prompt.contains("->"));
        }
    }
}
