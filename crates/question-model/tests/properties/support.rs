//! Any question, key and response, sensible or not.

use std::collections::{BTreeMap, BTreeSet};

use proptest::{
    collection::{btree_map, btree_set, vec},
    option,
    prelude::*,
};
use question_model::*;

fn part_id() -> impl Strategy<Value = PartId> {
    prop::sample::select(vec!["a", "b", "c", "d", "1", "2"]).prop_map(|id| PartId::new(id).unwrap())
}

pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => "[ab12*\\\\ ]{0,6}",
        2 => prop::sample::select(vec!["", "1", "1.5", "-2", "1e3", "Paris", "北京", "ａ", "$x$", "[[1]]", "*"])
            .prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn rich() -> impl Strategy<Value = RichText> {
    let format = prop::sample::select(vec![
        TextFormat::Markdown,
        TextFormat::Plain,
        TextFormat::Html,
        TextFormat::Moodle,
    ]);
    (format, text()).prop_map(|(format, text)| RichText::new(format, text))
}

fn fraction() -> impl Strategy<Value = Fraction> {
    prop_oneof![prop::sample::select(vec![1.0, 0.5, 0.3333333, -0.25, 0.0, -1.0]), -100.0..100.0_f64]
        .prop_map(|number| Fraction::from_f64(number).unwrap())
}

fn options() -> impl Strategy<Value = Vec<ChoiceOption>> {
    let option = (part_id(), rich(), any::<bool>());
    vec(option.prop_map(|(id, text, fixed)| ChoiceOption { id, text, fixed }), 0..6)
}

fn parts() -> impl Strategy<Value = Vec<TextPart>> {
    vec((part_id(), rich()).prop_map(|(id, text)| TextPart { id, text }), 0..6)
}

fn gap() -> impl Strategy<Value = Gap> {
    let options = vec((part_id(), text()).prop_map(|(id, text)| GapOption { id, text }), 0..4);
    let input = prop_oneof![
        any::<u32>().prop_map(|chars_max| GapKind::Text { chars_max }),
        Just(GapKind::Number {}),
        (options, any::<bool>()).prop_map(|(options, shuffle)| GapKind::Choice { options, shuffle }),
    ];
    (part_id(), input).prop_map(|(id, input)| Gap { id, input })
}

pub fn body() -> BoxedStrategy<QuestionBody> {
    prop_oneof![
        (options(), any::<bool>())
            .prop_map(|(options, shuffle)| QuestionBody::SingleChoice(SingleChoiceBody { options, shuffle })),
        (options(), any::<bool>(), option::of(any::<u32>())).prop_map(|(options, shuffle, choices_max)| {
            QuestionBody::MultipleChoice(MultipleChoiceBody { options, shuffle, choices_max })
        }),
        Just(QuestionBody::TrueFalse(TrueFalseBody {})),
        any::<u32>().prop_map(|chars_max| QuestionBody::ShortText(ShortTextBody { chars_max })),
        vec(text(), 0..3).prop_map(|units| QuestionBody::Numeric(NumericBody { units })),
        (rich(), vec(gap(), 0..4)).prop_map(|(text, gaps)| QuestionBody::Cloze(ClozeBody { text, gaps })),
        (parts(), parts(), any::<bool>()).prop_map(|(prompts, targets, shuffle)| {
            QuestionBody::Matching(MatchingBody { prompts, targets, shuffle })
        }),
        parts().prop_map(|items| QuestionBody::Ordering(OrderingBody { items })),
        (option::of(any::<u32>()), option::of(any::<u32>()), any::<u32>()).prop_map(
            |(words_min, words_max, chars_max)| QuestionBody::Essay(EssayBody {
                words_min,
                words_max,
                chars_max
            })
        ),
        (any::<u32>(), any::<u64>(), vec(text(), 0..3)).prop_map(|(files_max, bytes_max, extensions)| {
            QuestionBody::FileUpload(FileUploadBody { files_max, bytes_max, extensions })
        }),
        Just(QuestionBody::Description(DescriptionBody {})),
    ]
    .boxed()
}

pub fn question() -> impl Strategy<Value = Question> {
    (rich(), body()).prop_map(|(stem, body)| Question { stem, body })
}

fn feedback() -> impl Strategy<Value = BTreeMap<PartId, RichText>> {
    btree_map(part_id(), rich(), 0..3)
}

fn single_choice_key() -> impl Strategy<Value = SingleChoiceKey> {
    (btree_map(part_id(), fraction(), 0..5), feedback())
        .prop_map(|(fractions, feedback)| SingleChoiceKey { fractions, feedback })
}

fn short_text_key() -> impl Strategy<Value = ShortTextKey> {
    let alternative = (text(), fraction(), option::of(rich()))
        .prop_map(|(pattern, fraction, feedback)| TextAlternative { pattern, fraction, feedback });
    let folding = any::<(bool, bool, bool)>().prop_map(|(case_sensitive, fold_width, fold_space)| Folding {
        case_sensitive,
        fold_width,
        fold_space,
    });
    (vec(alternative, 0..4), folding)
        .prop_map(|(alternatives, folding)| ShortTextKey { alternatives, folding })
}

fn numeric_key() -> impl Strategy<Value = NumericKey> {
    let tolerance = prop_oneof![
        any::<f64>().prop_map(|by| Tolerance::Absolute { by }),
        any::<f64>().prop_map(|by| Tolerance::Relative { by }),
    ];
    let answer = (any::<f64>(), tolerance, fraction(), option::of(rich())).prop_map(
        |(value, tolerance, fraction, feedback)| NumericAnswer { value, tolerance, fraction, feedback },
    );
    let units = vec((text(), any::<f64>()), 0..3).prop_map(|units| {
        units.into_iter().map(|(unit, multiplier)| UnitFactor { unit, multiplier }).collect()
    });
    let rule = prop_oneof![
        Just(UnitRule::Optional),
        Just(UnitRule::Required),
        fraction().prop_map(|fraction| UnitRule::Penalty { fraction })
    ];
    (vec(answer, 0..3), units, rule, any::<bool>(), option::of(rich())).prop_map(
        |(answers, units, unit_rule, decimal_comma, feedback_other)| NumericKey {
            answers,
            units,
            unit_rule,
            decimal_comma,
            feedback_other,
        },
    )
}

fn scheme_for(kind: QuestionType) -> BoxedStrategy<MarkScheme> {
    use QuestionType as Kind;

    let right = || btree_set(part_id(), 0..4);
    match kind {
        Kind::SingleChoice => single_choice_key().prop_map(MarkScheme::SingleChoice).boxed(),
        Kind::MultipleChoice => {
            let rule = prop_oneof![
                right().prop_map(|right: BTreeSet<PartId>| MultipleChoiceRule::AllOrNothing { right }),
                right().prop_map(|right| MultipleChoiceRule::Partial { right }),
                (btree_map(part_id(), fraction(), 0..5), any::<bool>())
                    .prop_map(|(weights, floor_zero)| MultipleChoiceRule::Weighted { weights, floor_zero }),
            ];
            (rule, feedback())
                .prop_map(|(marking, feedback)| {
                    MarkScheme::MultipleChoice(MultipleChoiceKey { marking, feedback })
                })
                .boxed()
        }
        Kind::TrueFalse => (any::<bool>(), option::of(rich()), option::of(rich()))
            .prop_map(|(right, feedback_true, feedback_false)| {
                MarkScheme::TrueFalse(TrueFalseKey { right, feedback_true, feedback_false })
            })
            .boxed(),
        Kind::ShortText => short_text_key().prop_map(MarkScheme::ShortText).boxed(),
        Kind::Numeric => numeric_key().prop_map(MarkScheme::Numeric).boxed(),
        Kind::Cloze => {
            let gap = prop_oneof![
                short_text_key().prop_map(GapScheme::Text),
                numeric_key().prop_map(GapScheme::Number),
                single_choice_key().prop_map(GapScheme::Choice),
            ];
            let gap_key = (any::<u32>(), gap).prop_map(|(weight, scheme)| GapKey { weight, scheme });
            btree_map(part_id(), gap_key, 0..4).prop_map(|gaps| MarkScheme::Cloze(ClozeKey { gaps })).boxed()
        }
        Kind::Matching => {
            let rule = prop::sample::select(vec![MatchingRule::PerPair, MatchingRule::AllOrNothing]);
            (btree_map(part_id(), part_id(), 0..5), rule)
                .prop_map(|(pairs, rule)| MarkScheme::Matching(MatchingKey { pairs, rule }))
                .boxed()
        }
        Kind::Ordering => {
            let rules = vec![OrderingRule::Exact, OrderingRule::AdjacentPairs, OrderingRule::Relative];
            (vec(part_id(), 0..6), prop::sample::select(rules))
                .prop_map(|(order, rule)| MarkScheme::Ordering(OrderingKey { order, rule }))
                .boxed()
        }
        Kind::Essay => (option::of(rich()), option::of(rich()))
            .prop_map(|(marking_notes, model_answer)| {
                MarkScheme::Essay(EssayKey { marking_notes, model_answer })
            })
            .boxed(),
        Kind::FileUpload => option::of(rich())
            .prop_map(|marking_notes| MarkScheme::FileUpload(FileUploadKey { marking_notes }))
            .boxed(),
        Kind::Description => Just(MarkScheme::Description(DescriptionKey {})).boxed(),
    }
}

fn key_for(kind: QuestionType) -> impl Strategy<Value = Key> {
    (scheme_for(kind), option::of(rich()), option::of(rich()))
        .prop_map(|(scheme, general_feedback, explanation)| Key { scheme, general_feedback, explanation })
}

fn response_for(kind: QuestionType) -> BoxedStrategy<Response> {
    use QuestionType as Kind;

    match kind {
        Kind::SingleChoice => option::of(part_id())
            .prop_map(|choice| Response::SingleChoice(SingleChoiceResponse { choice }))
            .boxed(),
        Kind::MultipleChoice => vec(part_id(), 0..6)
            .prop_map(|choices| Response::MultipleChoice(MultipleChoiceResponse { choices }))
            .boxed(),
        Kind::TrueFalse => option::of(any::<bool>())
            .prop_map(|value| Response::TrueFalse(TrueFalseResponse { value }))
            .boxed(),
        Kind::ShortText | Kind::Description => {
            text().prop_map(|text| Response::ShortText(ShortTextResponse { text })).boxed()
        }
        Kind::Numeric => (text(), option::of(text()))
            .prop_map(|(text, unit)| Response::Numeric(NumericResponse { text, unit }))
            .boxed(),
        Kind::Cloze => btree_map(part_id(), text(), 0..5)
            .prop_map(|gaps| Response::Cloze(ClozeResponse { gaps }))
            .boxed(),
        Kind::Matching => btree_map(part_id(), part_id(), 0..5)
            .prop_map(|pairs| Response::Matching(MatchingResponse { pairs }))
            .boxed(),
        Kind::Ordering => {
            vec(part_id(), 0..8).prop_map(|order| Response::Ordering(OrderingResponse { order })).boxed()
        }
        Kind::Essay => text().prop_map(|text| Response::Essay(EssayResponse { text })).boxed(),
        Kind::FileUpload => {
            let file = (any::<u128>(), text(), any::<u64>()).prop_map(|(id, name, bytes)| UploadedFile {
                id: uuid::Uuid::from_u128(id),
                name,
                bytes,
            });
            vec(file, 0..3).prop_map(|files| Response::FileUpload(FileUploadResponse { files })).boxed()
        }
    }
}

fn any_type() -> impl Strategy<Value = QuestionType> {
    prop::sample::select(QuestionType::ALL.to_vec())
}

pub fn key() -> impl Strategy<Value = Key> {
    any_type().prop_flat_map(key_for)
}

pub fn response() -> impl Strategy<Value = Response> {
    any_type().prop_flat_map(response_for)
}

/// A question with a key and a response of its own type.
pub fn matching_trio() -> impl Strategy<Value = (Question, Key, Response)> {
    question().prop_flat_map(|question| {
        let kind = question.question_type();
        (Just(question), key_for(kind), response_for(kind))
    })
}
