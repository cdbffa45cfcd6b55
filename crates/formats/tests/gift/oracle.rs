//! Files of other people, with what an independent parser made of them. They lie beside the repository, not in
//! it; where they are missing the tests say that they were skipped.

use std::{fs, path::PathBuf};

use formats::{Format, ImportOptions, ImportedQuestion};
use question_model::{MarkScheme, MultipleChoiceRule, QuestionBody, RichText, TextFormat};
use serde_json::Value;

use crate::{round_trip::survives, support::read};

/// Files in the folder, and those of them that have an expectation beside them.
const FILES: usize = 26;
const WITH_EXPECTATION: usize = 24;

fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/question-formats/gift");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(
        std::env::var("REQUIRE_ALL").as_deref() != Ok("1"),
        "the GIFT files of others are missing, and nothing may be skipped"
    );
    eprintln!("skipped: the GIFT files of others are not here");
    None
}

fn files(folder: &PathBuf) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().contains(".gift"))
        .collect();
    files.sort();
    files
}

#[test]
fn every_file_is_read_without_a_refusal_and_survives_being_written() {
    let Some(folder) = folder() else { return };
    let files = files(&folder);
    assert_eq!(files.len(), FILES);
    for path in files {
        let bytes = fs::read(&path).unwrap();
        let import = Format::Gift.importer().import(&bytes, &ImportOptions::default()).unwrap();
        assert_eq!(import.refused(), 0, "{path:?} {:#?}", import.report);
        let categories_only = import.items.is_empty() && !import.categories.is_empty();
        assert!(survives(&String::from_utf8(bytes).unwrap()) > 0 || categories_only, "{path:?}");
    }
}

#[test]
fn every_file_agrees_with_the_expectation_beside_it() {
    let Some(folder) = folder() else { return };
    let mut compared = 0;
    for path in files(&folder) {
        let expectation = path.with_extension("json");
        if !expectation.is_file() {
            continue;
        }
        compared += 1;
        let expected: Value = serde_json::from_str(&fs::read_to_string(expectation).unwrap()).unwrap();
        let import = read(&fs::read_to_string(&path).unwrap());
        let (categories, questions): (Vec<&Value>, Vec<&Value>) =
            expected.as_array().unwrap().iter().partition(|one| one["type"] == "Category");
        for (path, expected) in import.categories.iter().zip(&categories) {
            assert_eq!(path.last().unwrap(), expected["title"].as_str().unwrap().rsplit('/').next().unwrap());
        }
        assert_eq!(import.categories.len(), categories.len(), "{path:?}");
        assert_eq!(import.items.len(), questions.len(), "{path:?}");
        for (item, expected) in import.items.iter().zip(questions) {
            compare(item, expected, &format!("{path:?} line {}", item.line));
        }
    }
    assert_eq!(compared, WITH_EXPECTATION);
}

#[test]
fn the_examples_of_the_format_itself_are_what_they_say() {
    let Some(folder) = folder() else { return };
    let import = read(&fs::read_to_string(folder.join("moodle_examples.gift")).unwrap());
    let types: Vec<&str> = import.items.iter().map(|item| item.question.question_type().as_str()).collect();
    assert_eq!(types.len(), 43);
    let count = |kind: &str| types.iter().filter(|one| **one == kind).count();
    assert_eq!(
        [count("single_choice"), count("multiple_choice"), count("true_false"), count("short_text")],
        [16, 2, 5, 9]
    );
    assert_eq!([count("numeric"), count("matching")], [8, 3]);
    let import = read(&fs::read_to_string(folder.join("questions_in_category.gift.txt")).unwrap());
    let types: Vec<&str> = import.items.iter().map(|item| item.question.question_type().as_str()).collect();
    assert_eq!(types, ["matching", "single_choice", "short_text", "true_false"]);
    assert!(import.items.iter().all(|item| item.category == ["Default for New Features"]));
    let QuestionBody::Matching(body) = &import.items[0].question.body else { panic!("a matching question") };
    assert_eq!((body.prompts.len(), body.targets.len()), (4, 5), "Chat is a distractor");
}

fn compare(item: &ImportedQuestion, expected: &Value, at: &str) {
    assert_eq!(item.title.as_deref(), expected["title"].as_str(), "{at}");
    assert_eq!(item.idnumber.as_deref(), expected["id"].as_str(), "{at}");
    let tags: Vec<&str> =
        expected["tags"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert_eq!(item.tags, tags, "{at}");
    same_text(Some(&item.question.stem), &expected["stem"], at);
    same_text(item.key.general_feedback.as_ref(), &expected["globalFeedback"], at);
    match (&item.question.body, &item.key.scheme) {
        (QuestionBody::Description(_), _) => assert_eq!(expected["type"], "Description", "{at}"),
        (QuestionBody::Essay(_), _) => assert_eq!(expected["type"], "Essay", "{at}"),
        (QuestionBody::TrueFalse(_), MarkScheme::TrueFalse(key)) => {
            assert_eq!(expected["isTrue"], key.right, "{at}");
            // The expectation calls the first comment the one for "true", whatever the answer; the format
            // says that it is for the wrong response.
            let (first, second) = if key.right {
                (&key.feedback_false, &key.feedback_true)
            } else {
                (&key.feedback_true, &key.feedback_false)
            };
            same_text(first.as_ref(), &expected["trueFeedback"], at);
            same_text(second.as_ref(), &expected["falseFeedback"], at);
        }
        (QuestionBody::SingleChoice(body), MarkScheme::SingleChoice(key)) => {
            let worth = |id| key.fractions.get(id).map_or(0.0, |fraction| fraction.to_f64());
            let options: Vec<_> = body.options.iter().map(|option| (&option.id, &option.text)).collect();
            choices(&options, worth, &key.feedback, expected, at);
        }
        (QuestionBody::MultipleChoice(body), MarkScheme::MultipleChoice(key)) => {
            let MultipleChoiceRule::Weighted { weights, .. } = &key.marking else { panic!("{at}: weights") };
            let worth = |id| weights.get(id).map_or(0.0, |fraction| fraction.to_f64());
            let options: Vec<_> = body.options.iter().map(|option| (&option.id, &option.text)).collect();
            choices(&options, worth, &key.feedback, expected, at);
        }
        (QuestionBody::ShortText(_), MarkScheme::ShortText(key)) => {
            assert_eq!(expected["type"], "Short", "{at}");
            let answers = expected["choices"].as_array().unwrap();
            assert_eq!(key.alternatives.len(), answers.len(), "{at}");
            for (alternative, answer) in key.alternatives.iter().zip(answers) {
                assert_eq!(alternative.pattern, answer["text"]["text"], "{at}");
                assert_eq!(alternative.fraction.to_f64(), answer["weight"].as_f64().unwrap_or(100.0) / 100.0);
                same_text(alternative.feedback.as_ref(), &answer["feedback"], at);
            }
        }
        (QuestionBody::Numeric(_), MarkScheme::Numeric(key)) => numbers(key, expected, at),
        (QuestionBody::Matching(body), MarkScheme::Matching(key)) => {
            let pairs = expected["matchPairs"].as_array().unwrap();
            assert_eq!(body.prompts.len(), pairs.len(), "{at}");
            for (prompt, pair) in body.prompts.iter().zip(pairs) {
                same_text(Some(&prompt.text), &pair["subquestion"], at);
                let target = body.targets.iter().find(|part| part.id == key.pairs[&prompt.id]).unwrap();
                assert_eq!(target.text.text, pair["subanswer"], "{at}");
            }
        }
        other => panic!("{at}: {other:?}"),
    }
}

fn choices<'a>(
    options: &[(&'a question_model::PartId, &RichText)],
    worth: impl Fn(&'a question_model::PartId) -> f64,
    feedback: &std::collections::BTreeMap<question_model::PartId, RichText>,
    expected: &Value,
    at: &str,
) {
    assert_eq!(expected["type"], "MC", "{at}");
    let answers = expected["choices"].as_array().unwrap();
    assert_eq!(options.len(), answers.len(), "{at}");
    for ((id, text), answer) in options.iter().zip(answers) {
        same_text(Some(text), &answer["text"], at);
        let default = if answer["isCorrect"] == true { 100.0 } else { 0.0 };
        assert_eq!(worth(id), answer["weight"].as_f64().unwrap_or(default) / 100.0, "{at}");
        same_text(feedback.get(*id), &answer["feedback"], at);
    }
}

fn numbers(key: &question_model::NumericKey, expected: &Value, at: &str) {
    assert_eq!(expected["type"], "Numerical", "{at}");
    let one = [serde_json::json!({"text": expected["choices"], "weight": null, "feedback": null})];
    let answers = expected["choices"].as_array().map_or(&one[..], Vec::as_slice);
    let (others, answers): (Vec<&Value>, Vec<&Value>) =
        answers.iter().partition(|answer| answer["text"]["text"] == "*");
    match others.first() {
        Some(other) => same_text(key.feedback_other.as_ref(), &other["feedback"], at),
        None => assert_eq!(key.feedback_other, None, "{at}"),
    }
    assert_eq!(key.answers.len(), answers.len(), "{at}");
    for (answer, expected) in key.answers.iter().zip(answers) {
        let question_model::Tolerance::Absolute { by } = answer.tolerance else { panic!("{at}: absolute") };
        let number = |field: &str| expected["text"][field].as_f64();
        let (lowest, highest) = match (number("numberLow"), number("numberHigh")) {
            (Some(lowest), Some(highest)) => (lowest, highest),
            _ => {
                let (value, range) = (number("number").unwrap(), number("range").unwrap_or(0.0));
                (value - range, value + range)
            }
        };
        assert!((answer.value - by - lowest).abs() < 1e-9, "{at}");
        assert!((answer.value + by - highest).abs() < 1e-9, "{at}");
        assert_eq!(answer.fraction.to_f64(), expected["weight"].as_f64().unwrap_or(100.0) / 100.0, "{at}");
        same_text(answer.feedback.as_ref(), &expected["feedback"], at);
    }
}

/// Same format, and same text but for white space, which the expectations fold.
fn same_text(text: Option<&RichText>, expected: &Value, at: &str) {
    let Some(text) = text else {
        assert!(expected.is_null(), "{at}: missing {expected}");
        return;
    };
    let format = match text.format {
        TextFormat::Markdown => "markdown",
        TextFormat::Plain => "plain",
        TextFormat::Html => "html",
        TextFormat::Moodle => "moodle",
    };
    assert_eq!(expected["format"], format, "{at}");
    let folded =
        |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").replace("_____ ", "_____");
    assert_eq!(folded(&text.text), folded(expected["text"].as_str().unwrap()), "{at}");
}
