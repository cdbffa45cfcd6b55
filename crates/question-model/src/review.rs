//! What is shown after release: the right response, and what is said about the one given.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    ClozeResponse, GapKind, GapScheme, Key, MarkScheme, MatchingResponse, MultipleChoiceResponse,
    MultipleChoiceRule, NumericResponse, OrderingResponse, PartId, Question, QuestionBody, Response,
    RichText, ShortTextResponse, SingleChoiceKey, SingleChoiceResponse, TrueFalseResponse,
    render::{render, render_part},
    types::{numeric::NumericKey, short_text::ShortTextKey},
};

/// What is said about a response. Made from the key: hand it out only when the release policy says so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Feedback {
    /// Said about what was given.
    pub parts: Vec<PartFeedback>,
    /// Said to everybody.
    pub general_html: Option<String>,
    /// Why the right answer is right.
    pub explanation_html: Option<String>,
}

/// What is said about one thing given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PartFeedback {
    /// The option or gap; null when it is about the whole.
    pub part: Option<PartId>,
    /// Sanitised text.
    pub html: String,
}

/// What the key says about `response`.
pub fn feedback(question: &Question, key: &Key, response: Option<&Response>) -> Feedback {
    let shown = |text: &Option<RichText>| text.as_ref().filter(|text| !text.is_blank()).map(render);
    let parts = response
        .filter(|response| !response.is_empty())
        .map(|response| said(question, key, response))
        .unwrap_or_default()
        .into_iter()
        .filter(|(_, text)| !text.is_blank())
        .map(|(part, text)| PartFeedback { part, html: render_part(text) })
        .collect();
    Feedback { parts, general_html: shown(&key.general_feedback), explanation_html: shown(&key.explanation) }
}

fn said<'a>(question: &Question, key: &'a Key, response: &Response) -> Vec<(Option<PartId>, &'a RichText)> {
    match (&question.body, &key.scheme, response) {
        (_, MarkScheme::SingleChoice(key), Response::SingleChoice(given)) => {
            let choice = given.choice.iter();
            choice.filter_map(|id| Some((Some(id.clone()), key.feedback.get(id)?))).collect()
        }
        (_, MarkScheme::MultipleChoice(key), Response::MultipleChoice(given)) => {
            let choices = given.choices.iter();
            choices.filter_map(|id| Some((Some(id.clone()), key.feedback.get(id)?))).collect()
        }
        (_, MarkScheme::TrueFalse(key), Response::TrueFalse(given)) => {
            let text = if given.value == Some(true) { &key.feedback_true } else { &key.feedback_false };
            text.iter().map(|text| (None, text)).collect()
        }
        (_, MarkScheme::ShortText(key), Response::ShortText(given)) => {
            text_feedback(key, &given.text).map(|text| (None, text)).into_iter().collect()
        }
        (QuestionBody::Numeric(body), MarkScheme::Numeric(key), Response::Numeric(given)) => {
            let text = number_feedback(key, &body.units, &given.text, given.unit.as_deref());
            text.map(|text| (None, text)).into_iter().collect()
        }
        (_, MarkScheme::Cloze(key), Response::Cloze(given)) => given
            .gaps
            .iter()
            .filter(|(_, text)| !text.trim().is_empty())
            .filter_map(|(id, text)| {
                let said = match &key.gaps.get(id)?.scheme {
                    GapScheme::Text(key) => text_feedback(key, text),
                    GapScheme::Number(key) => number_feedback(key, &[], text, None),
                    GapScheme::Choice(key) => PartId::new(text).ok().and_then(|id| key.feedback.get(&id)),
                };
                Some((Some(id.clone()), said?))
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn text_feedback<'a>(key: &'a ShortTextKey, text: &str) -> Option<&'a RichText> {
    key.alternatives.get(key.fitting(text)?)?.feedback.as_ref()
}

fn number_feedback<'a>(
    key: &'a NumericKey,
    units: &[String],
    text: &str,
    unit: Option<&str>,
) -> Option<&'a RichText> {
    match key.fitting(units, text, unit) {
        Some(place) => key.answers.get(place)?.feedback.as_ref(),
        None => key.feedback_other.as_ref(),
    }
}

/// A response that brings all the points; `None` where a person decides, or the key names none.
pub fn right_response(question: &Question, key: &Key) -> Option<Response> {
    Some(match (&question.body, &key.scheme) {
        (QuestionBody::SingleChoice(_), MarkScheme::SingleChoice(key)) => {
            Response::SingleChoice(SingleChoiceResponse { choice: Some(best_option(key)?) })
        }
        (QuestionBody::MultipleChoice(body), MarkScheme::MultipleChoice(key)) => {
            let is_right = |id: &PartId| match &key.marking {
                MultipleChoiceRule::AllOrNothing { right } | MultipleChoiceRule::Partial { right } => {
                    right.contains(id)
                }
                MultipleChoiceRule::Weighted { weights, .. } => {
                    weights.get(id).is_some_and(|weight| weight.units() > 0)
                }
            };
            let ids = body.options.iter().map(|option| &option.id);
            let choices = ids.filter(|id| is_right(id)).cloned().collect();
            Response::MultipleChoice(MultipleChoiceResponse { choices })
        }
        (QuestionBody::TrueFalse(_), MarkScheme::TrueFalse(key)) => {
            Response::TrueFalse(TrueFalseResponse { value: Some(key.right) })
        }
        (QuestionBody::ShortText(_), MarkScheme::ShortText(key)) => {
            Response::ShortText(ShortTextResponse { text: best_text(key)? })
        }
        (QuestionBody::Numeric(body), MarkScheme::Numeric(key)) => {
            let factor = key.units.iter().find(|factor| body.units.contains(&factor.unit));
            let value = best_number(key)?;
            let (value, unit) = match factor {
                Some(factor) => (value / factor.multiplier, Some(factor.unit.clone())),
                None => (value, None),
            };
            Response::Numeric(NumericResponse { text: written(value), unit })
        }
        (QuestionBody::Cloze(body), MarkScheme::Cloze(key)) => {
            let right = body.gaps.iter().map(|gap| {
                let text = match (&gap.input, &key.gaps.get(&gap.id)?.scheme) {
                    (GapKind::Text { .. }, GapScheme::Text(key)) => best_text(key)?,
                    (GapKind::Number {}, GapScheme::Number(key)) => written(best_number(key)?),
                    (GapKind::Choice { .. }, GapScheme::Choice(key)) => best_option(key)?.to_string(),
                    _ => return None,
                };
                Some((gap.id.clone(), text))
            });
            Response::Cloze(ClozeResponse { gaps: right.collect::<Option<_>>()? })
        }
        (QuestionBody::Matching(_), MarkScheme::Matching(key)) => {
            Response::Matching(MatchingResponse { pairs: key.pairs.clone() })
        }
        (QuestionBody::Ordering(_), MarkScheme::Ordering(key)) => {
            Response::Ordering(OrderingResponse { order: key.order.clone() })
        }
        _ => return None,
    })
}

fn best_option(key: &SingleChoiceKey) -> Option<PartId> {
    let best = key.fractions.values().max()?;
    key.fractions.iter().find(|(_, fraction)| *fraction == best).map(|(id, _)| id.clone())
}

/// The first text that brings the most, with its asterisks standing for nothing.
fn best_text(key: &ShortTextKey) -> Option<String> {
    let best = key.alternatives.iter().map(|alternative| alternative.fraction).max()?;
    let pattern = &key.alternatives.iter().find(|alternative| alternative.fraction == best)?.pattern;
    let mut text = String::with_capacity(pattern.len());
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, characters.peek()) {
            ('\\', Some('*')) => text.extend(characters.next()),
            ('*', _) => {}
            _ => text.push(character),
        }
    }
    Some(text)
}

fn best_number(key: &NumericKey) -> Option<f64> {
    let best = key.answers.iter().map(|answer| answer.fraction).max()?;
    key.answers.iter().find(|answer| answer.fraction == best).map(|answer| answer.value)
}

/// A number as a person would write it, short enough for the field.
fn written(value: f64) -> String {
    let plain = value.to_string();
    if plain.len() > 24 { format!("{value:e}") } else { plain }
}
