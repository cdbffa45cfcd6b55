//! What each rule of the format does, one test a rule.

use formats::{ImportOptions, WeightRule};
use serde_json::json;

use crate::support::{body, notes, one, read, read_with, refusal, scheme};

#[test]
fn a_choice_is_single_when_an_equals_sign_says_so() {
    assert_eq!(
        body("Who?{~Grant ~[plain]Jefferson =no one#[html]<b>Yes</b>}"),
        json!({"type": "single_choice", "shuffle": true, "options": [
            {"id": "a", "text": {"format": "moodle", "text": "Grant"}, "fixed": false},
            {"id": "b", "text": {"format": "plain", "text": "Jefferson"}, "fixed": false},
            {"id": "c", "text": {"format": "moodle", "text": "no one"}, "fixed": false},
        ]})
    );
    assert_eq!(
        scheme("Who?{~Grant ~%50%Jefferson =no one#[html]<b>Yes</b>}"),
        json!({"type": "single_choice", "fractions": {"b": 0.5, "c": 1},
            "feedback": {"c": {"format": "html", "text": "<b>Yes</b>"}}})
    );
}

#[test]
fn a_choice_without_equals_sign_takes_several_by_weight() {
    assert_eq!(
        scheme("Who?{~%50%Grant ~%50%his wife ~%-100%no one ~%0%x}"),
        json!({"type": "multiple_choice", "marking": {
            "rule": "weighted", "weights": {"a": 0.5, "b": 0.5, "c": -1}, "floor_zero": true,
        }})
    );
    assert_eq!(refusal("Who?{~Grant ~his wife}"), "1 question.no_right_answer");
    assert_eq!(refusal("Who?{=Grant ~}"), "1 question.text_empty");
    assert_eq!(refusal("Who?{~Grant}"), "1 gift.too_few_answers");
}

#[test]
fn a_weight_that_nobody_knows_is_refused_rounded_or_kept() {
    let text = "Q\n{=a\n~%47%b}";
    assert_eq!(refusal(text), "3 gift.weight");
    let with = |weights| {
        let import = read_with(text, ImportOptions { weights, ..ImportOptions::default() });
        serde_json::to_value(&import.items[0].key.scheme).unwrap()["fractions"]["b"].clone()
    };
    assert_eq!(with(WeightRule::Nearest), 0.5);
    assert_eq!(with(WeightRule::Keep), 0.47);
    assert_eq!(scheme("Q{=a ~%33.33%b}")["fractions"]["b"], 0.3333333);
}

#[test]
fn true_and_false_say_first_what_the_wrong_response_hears() {
    assert_eq!(
        scheme("Q{T#to the wrong#to the right####to all}"),
        json!({"type": "true_false", "right": true,
            "feedback_true": {"format": "moodle", "text": "to the right"},
            "feedback_false": {"format": "moodle", "text": "to the wrong"}})
    );
    assert_eq!(scheme("Q{FALSE#to the wrong}")["feedback_true"]["text"], "to the wrong");
    assert_eq!(scheme("Q{ F }"), json!({"type": "true_false", "right": false}));
    assert_eq!(one("Q{T####to all}").key.general_feedback.unwrap().text, "to all");
    assert_eq!(notes("Q{true}"), ["1 gift.verdict_as_text"]);
}

#[test]
fn short_answers_have_weights_feedback_and_a_catch_all() {
    assert_eq!(
        scheme("Best?{=Frog#Good! # really =%50%Cat =%0%*#No ####[html]<p>a</p>}")["alternatives"],
        json!([
            {"pattern": "Frog", "fraction": 1, "feedback": {"format": "moodle", "text": "Good! # really"}},
            {"pattern": "Cat", "fraction": 0.5},
            {"pattern": "*", "fraction": 0, "feedback": {"format": "moodle", "text": "No"}},
        ])
    );
    assert_eq!(scheme("Q{Paris}")["alternatives"], json!([{"pattern": "Paris", "fraction": 1}]));
    assert_eq!(notes("Q{=Paris\n=PARIS}"), ["2 gift.answer_twice"]);
    assert_eq!(refusal("Q{=}"), "1 gift.empty_answer");
}

#[test]
fn numbers_have_tolerances_or_bounds() {
    let first = |text: &str| {
        let answer = scheme(text)["answers"][0].clone();
        (answer["value"].as_f64().unwrap(), answer["tolerance"]["by"].as_f64().unwrap())
    };
    assert_eq!(first("Q{#3}"), (3.0, 0.0));
    assert_eq!(first("Q{#3:2}"), (3.0, 2.0));
    assert_eq!(first("Q{#1..5}"), (3.0, 2.0));
    assert_eq!(first("Q{#-1.5e3..-1e3}"), (-1250.0, 250.0));
    assert_eq!(first("Q{#\u{2212}2}"), (-2.0, 0.0));
    assert_eq!(
        scheme("Q{#=2.5:0.05#yes =%50%3:1 ~#no ####all}"),
        json!({"type": "numeric", "unit_rule": {"rule": "optional"}, "decimal_comma": false,
            "answers": [
                {"value": 2.5, "tolerance": {"kind": "absolute", "by": 0.05}, "fraction": 1,
                    "feedback": {"format": "moodle", "text": "yes"}},
                {"value": 3.0, "tolerance": {"kind": "absolute", "by": 1.0}, "fraction": 0.5},
            ],
            "feedback_other": {"format": "moodle", "text": "no"}})
    );
    assert_eq!(scheme("Q{#3:2~#Completely wrong}")["feedback_other"]["text"], "Completely wrong");
    assert_eq!(scheme("Q{#=3 =%0%*#Wrong}")["feedback_other"]["text"], "Wrong");
    for (text, why) in [
        ("Q{#3,14}", "1 gift.not_a_number"),
        ("Q{#\n=1\n=x}", "3 gift.not_a_number"),
        ("Q{#}", "1 gift.no_number"),
        ("Q{#~#no}", "1 gift.no_number"),
        ("Q{#*}", "1 gift.no_number"),
    ] {
        assert_eq!(refusal(text), why, "{text}");
    }
}

#[test]
fn pairs_match_and_an_empty_prompt_is_a_distractor() {
    assert_eq!(
        body("Match{=frog -> amphibian =cat->mammal =newt -> amphibian = -> insect}"),
        json!({"type": "matching", "shuffle": true,
        "prompts": [
            {"id": "1", "text": {"format": "moodle", "text": "frog"}},
            {"id": "2", "text": {"format": "moodle", "text": "cat"}},
            {"id": "3", "text": {"format": "moodle", "text": "newt"}},
        ],
        "targets": [
            {"id": "a", "text": {"format": "plain", "text": "amphibian"}},
            {"id": "b", "text": {"format": "plain", "text": "insect"}},
            {"id": "c", "text": {"format": "plain", "text": "mammal"}},
        ]})
    );
    let pairs = scheme("Match{=frog -> amphibian =cat->mammal =newt -> amphibian = -> insect}");
    assert_eq!(pairs["pairs"], json!({"1": "a", "2": "c", "3": "a"}));
    assert_eq!(
        body("M[html]{=<i title\\=\"a->b\">x</i> -> 1 =y -> 2}")["prompts"][0]["text"]["text"],
        "<i title=\"a->b\">x</i>"
    );
    assert_eq!(refusal("M{=a -> 1\n=b}"), "2 gift.pair_without_arrow");
    assert_eq!(refusal("M{=a -> 1 = -> 2}"), "1 gift.too_few_answers");
    assert_eq!(body("Q{=if#see a -> b =x}")["type"], "short_text");
}

#[test]
fn no_braces_is_a_description_and_empty_ones_an_essay() {
    let text = one("::Note::Read this.");
    assert_eq!((text.question.question_type().as_str(), text.points.units()), ("description", 0));
    assert_eq!(body("Write.{}")["type"], "essay");
    let essay = one("Write.{ ####[plain]Thanks }");
    assert_eq!(essay.key.general_feedback.unwrap().text, "Thanks");
    assert_eq!(essay.points, foundation::Points::ONE);
}

#[test]
fn text_behind_the_answers_leaves_a_blank_for_them() {
    assert_eq!(one("Grant is {~buried =entombed} there.").question.stem.text, "Grant is _____ there.");
    assert_eq!(one("Two plus two equals {=four =4}.").question.stem.text, "Two plus two equals _____.");
    assert_eq!(one("{ =Asia } is large.").question.stem.text, "_____ is large.");
    assert_eq!(one("Two plus two equals{=four}").question.stem.text, "Two plus two equals");
}

#[test]
fn titles_may_hold_colons_and_an_open_one_is_none() {
    assert_eq!(one(r"::a\:\:b \: c::Q{T}").title.unwrap(), "a::b : c");
    assert_eq!(one(r"::Title\:::Q{T}").title.unwrap(), "Title:");
    assert_eq!(one("::\n two\n words ::Q{T}").title.unwrap(), "two words");
    let open = one("::Q{T}");
    assert_eq!((open.title, open.question.stem.text.as_str()), (None, "Q"));
    assert_eq!(notes("::Q{T}"), ["1 gift.title_open"]);
}

#[test]
fn a_format_tag_counts_at_the_beginning_only_and_an_unknown_one_is_text() {
    let stem = |text: &str| {
        let stem = serde_json::to_value(one(text).question.stem).unwrap();
        (stem["format"].as_str().unwrap().to_owned(), stem["text"].as_str().unwrap().to_owned())
    };
    assert_eq!(stem("[html]<p>a</p>{T}"), ("html".into(), "<p>a</p>".into()));
    assert_eq!(stem("::t:: [markdown] *a*{T}"), ("markdown".into(), "*a*".into()));
    assert_eq!(stem("a [html]b{T}"), ("moodle".into(), "a [html]b".into()));
    assert_eq!(stem("[bbcode]a{T}"), ("moodle".into(), "[bbcode]a".into()));
    assert_eq!(stem("[plain[a{T}"), ("moodle".into(), "[plain[a".into()));
    assert_eq!(scheme("[markdown]Q{T#no}")["feedback_false"]["format"], "markdown");
}

#[test]
fn tex_survives_with_its_braces_escaped() {
    assert_eq!(
        one(r"[markdown]What is $\frac\{1\}\{2\} \\neq \\\{x\\\}$?{T}").question.stem.text,
        r"What is $\frac{1}{2} \neq \{x\}$?"
    );
    assert_eq!(refusal("What is\n$\\frac{1}{2}$? {T}"), "2 gift.second_braces");
    assert_eq!(one(r"a\nb{T}").question.stem.text, "a\nb");
}

#[test]
fn a_comment_begins_a_line_and_an_address_is_none() {
    assert_eq!(one("// c\nSee http://example.org{T}").question.stem.text, "See http://example.org");
    assert_eq!(one("one\n  // c\ntwo{T}").question.stem.text, "one\ntwo");
    let item = one("// a question [id:q1] [tag:x]\n// [tag:y]\nQ{T}");
    assert_eq!((item.line, item.idnumber.as_deref()), (3, Some("q1")));
    assert_eq!(item.tags, ["x", "y"]);
    let apart = one("// [tag:x]\n\nQ{T}");
    assert!(apart.tags.is_empty());
}

#[test]
fn a_category_holds_for_what_follows() {
    let import = read(
        "A{T}\n\n$CATEGORY: $course$/top/数学/函数\n\nB{T}\n\n$CATEGORY: a//b\nC{T}\n\n$CATEGORY: $course$/top/empty",
    );
    let paths: Vec<&[String]> = import.items.iter().map(|item| item.category.as_slice()).collect();
    assert_eq!(paths, [&[][..], &["数学".to_owned(), "函数".to_owned()], &["a/b".to_owned()]]);
    assert_eq!(import.categories.len(), 3);
    assert_eq!(one("Price is\n$CATEGORY: x{T}").question.stem.text, "Price is\n$CATEGORY: x");
}

#[test]
fn full_width_signs_are_text_and_the_author_is_told() {
    assert_eq!(notes("：：题：：中国的首都是｛＝北京｝"), ["1 gift.full_width"]);
    assert_eq!(notes("首都是{＝北京}"), ["1 gift.full_width"]);
    assert_eq!(one("3～5 是＝吗？{T}").question.stem.text, "3～5 是＝吗？");
}

#[test]
fn a_missing_image_and_damaged_text_are_pointed_out() {
    assert_eq!(notes("[html]<img src\\=\"@@PLUGINFILE@@/3.png\">{T}"), ["1 import.image_left_out"]);
    assert_eq!(notes("caf\u{fffd}{T}"), ["1 import.damaged_text"]);
}
