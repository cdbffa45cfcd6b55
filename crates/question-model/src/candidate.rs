//! What a candidate may see of a question. No type here has a field that could hold a key.

use foundation::Points;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    OptionOrder, PartId, Question, QuestionBody, QuestionVersionId,
    order::ordered,
    render::{render, render_part, render_with_gaps},
    types::cloze::{ClozeBody, GapKind},
};

/// One question as it stands in a candidate's paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CandidateQuestion {
    /// The question version; responses name it.
    pub id: QuestionVersionId,
    /// Its number in the paper, from 1; 0 for a text that asks nothing.
    pub number: u32,
    /// Its section, counted from 0.
    pub section: u32,
    /// What a right response is worth.
    pub points: Points,
    /// The paper's stimulus that it belongs to, counted from 0.
    pub stimulus: Option<u32>,
    /// What the candidate reads first, sanitised.
    pub stem_html: String,
    /// What the candidate answers with.
    pub interaction: Interaction,
}

/// A question as a candidate may see it, not yet placed in a paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CandidateView {
    /// What the candidate reads first, sanitised.
    pub stem_html: String,
    /// What the candidate answers with.
    pub interaction: Interaction,
}

impl CandidateView {
    /// The view in its place in a paper.
    pub fn placed(
        self,
        id: QuestionVersionId,
        number: u32,
        section: u32,
        points: Points,
        stimulus: Option<u32>,
    ) -> CandidateQuestion {
        let Self { stem_html, interaction } = self;
        CandidateQuestion { id, number, section, points, stimulus, stem_html, interaction }
    }
}

/// What a candidate answers with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Interaction {
    /// Choose one.
    SingleChoice {
        /// In the order to show.
        options: Vec<PartView>,
    },
    /// Choose any number.
    MultipleChoice {
        /// In the order to show.
        options: Vec<PartView>,
        /// The most that may be chosen; null for any number.
        choices_max: Option<u32>,
    },
    /// True or false.
    TrueFalse {},
    /// A word or phrase.
    ShortText {
        /// Characters that may be written.
        chars_max: u32,
    },
    /// A number.
    Numeric {
        /// Units to choose from; empty when none is asked for.
        units: Vec<String>,
    },
    /// A text with gaps.
    Cloze {
        /// The text, with `<span data-gap="ID"></span>` where a gap is.
        html: String,
        /// The gaps in it.
        gaps: Vec<GapView>,
    },
    /// A target for each prompt.
    Matching {
        /// What to find a target for.
        prompts: Vec<PartView>,
        /// In the order to show.
        targets: Vec<PartView>,
    },
    /// Items to put in order.
    Ordering {
        /// In the order to show at first.
        items: Vec<PartView>,
    },
    /// A longer text.
    Essay {
        /// The most words; null for no bound.
        words_max: Option<u32>,
        /// Characters that may be written.
        chars_max: u32,
    },
    /// Files.
    FileUpload {
        /// Files that may be given.
        files_max: u32,
        /// Bytes of each.
        bytes_max: u64,
        /// Extensions that are taken, with their dot; empty for any.
        extensions: Vec<String>,
    },
    /// Text only; nothing is asked.
    Description {},
}

/// An option, prompt, target or item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PartView {
    /// What a response names it by.
    pub id: PartId,
    /// Sanitised text.
    pub html: String,
}

/// A gap in a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct GapView {
    /// What a response names it by; stands in the text's `data-gap`.
    pub id: PartId,
    /// What goes in.
    pub kind: GapViewKind,
    /// What to choose from, in the order to show; empty unless `kind` is `choice`.
    pub options: Vec<crate::GapOption>,
    /// Characters that may be written.
    pub chars_max: u32,
}

/// What goes into a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GapViewKind {
    /// A word or phrase.
    Text,
    /// A number.
    Number,
    /// One of some options.
    Choice,
}

/// What a candidate may see of `question`, with its options in `order`.
pub fn candidate_view(question: &Question, order: &OptionOrder) -> CandidateView {
    authored_view(question).in_order(order)
}

/// What a candidate may see of `question`, with its options in the author's order: to render once, and to show in each candidate's
/// order ([`CandidateView::in_order`]).
pub fn authored_view(question: &Question) -> CandidateView {
    let parts = |parts: &[crate::TextPart]| {
        parts
            .iter()
            .map(|part| PartView { id: part.id.clone(), html: render_part(&part.text) })
            .collect::<Vec<_>>()
    };
    let options = |options: &[crate::ChoiceOption]| {
        options
            .iter()
            .map(|option| PartView { id: option.id.clone(), html: render_part(&option.text) })
            .collect::<Vec<_>>()
    };
    let interaction = match &question.body {
        QuestionBody::SingleChoice(body) => Interaction::SingleChoice { options: options(&body.options) },
        QuestionBody::MultipleChoice(body) => {
            Interaction::MultipleChoice { options: options(&body.options), choices_max: body.choices_max }
        }
        QuestionBody::TrueFalse(_) => Interaction::TrueFalse {},
        QuestionBody::ShortText(body) => Interaction::ShortText { chars_max: body.chars_max },
        QuestionBody::Numeric(body) => Interaction::Numeric { units: body.units.clone() },
        QuestionBody::Cloze(body) => cloze(body),
        QuestionBody::Matching(body) => {
            Interaction::Matching { prompts: parts(&body.prompts), targets: parts(&body.targets) }
        }
        QuestionBody::Ordering(body) => Interaction::Ordering { items: parts(&body.items) },
        QuestionBody::Essay(body) => {
            Interaction::Essay { words_max: body.words_max, chars_max: body.chars_max }
        }
        QuestionBody::FileUpload(body) => Interaction::FileUpload {
            files_max: body.files_max,
            bytes_max: body.bytes_max,
            extensions: body.extensions.clone(),
        },
        QuestionBody::Description(_) => Interaction::Description {},
    };
    CandidateView { stem_html: render(&question.stem), interaction }
}

impl CandidateView {
    /// The view with its options in `order`.
    pub fn in_order(&self, order: &OptionOrder) -> Self {
        let parts = |parts: &[PartView], order: &[PartId]| {
            ordered(parts, order, |part| &part.id).into_iter().cloned().collect::<Vec<_>>()
        };
        let interaction = match &self.interaction {
            Interaction::SingleChoice { options } => {
                Interaction::SingleChoice { options: parts(options, &order.options) }
            }
            Interaction::MultipleChoice { options, choices_max } => Interaction::MultipleChoice {
                options: parts(options, &order.options),
                choices_max: *choices_max,
            },
            Interaction::Cloze { html, gaps } => {
                let in_order = |gap: &GapView| {
                    let order = order.gaps.get(&gap.id).map_or(&[][..], Vec::as_slice);
                    let options = ordered(&gap.options, order, |option| &option.id);
                    GapView { options: options.into_iter().cloned().collect(), ..gap.clone() }
                };
                Interaction::Cloze { html: html.clone(), gaps: gaps.iter().map(in_order).collect() }
            }
            Interaction::Matching { prompts, targets } => Interaction::Matching {
                prompts: parts(prompts, &[]),
                targets: parts(targets, &order.options),
            },
            Interaction::Ordering { items } => Interaction::Ordering { items: parts(items, &order.options) },
            same @ (Interaction::TrueFalse {}
            | Interaction::ShortText { .. }
            | Interaction::Numeric { .. }
            | Interaction::Essay { .. }
            | Interaction::FileUpload { .. }
            | Interaction::Description {}) => same.clone(),
        };
        Self { stem_html: self.stem_html.clone(), interaction }
    }
}

fn cloze(body: &ClozeBody) -> Interaction {
    let ids: Vec<&PartId> = body.gaps.iter().map(|gap| &gap.id).collect();
    let gaps = body
        .gaps
        .iter()
        .map(|gap| {
            let (kind, options) = match &gap.input {
                GapKind::Text { .. } => (GapViewKind::Text, Vec::new()),
                GapKind::Number {} => (GapViewKind::Number, Vec::new()),
                GapKind::Choice { options, .. } => (GapViewKind::Choice, options.clone()),
            };
            GapView { id: gap.id.clone(), kind, options, chars_max: gap.input.chars_max() }
        })
        .collect();
    Interaction::Cloze { html: render_with_gaps(&body.text, &ids), gaps }
}
