//! From a definition and frozen questions to papers.

use std::collections::BTreeMap;

use exam_api::{ExamDefinition, Item};
use foundation::Points;
use question_api::{FreezeItem, Frozen, StimulusId};
use question_model::RichText;

use super::paper::{Paper, PaperKeys, PaperQuestion, PaperSection};

/// What question-service is asked to freeze for one form: the items of all sections, in order.
pub fn items_to_freeze(definition: &ExamDefinition) -> Vec<FreezeItem> {
    definition
        .sections
        .iter()
        .flat_map(|section| &section.items)
        .map(|item| match item {
            Item::Fixed(question) => FreezeItem::Fixed { question_id: question.question_id },
            Item::Draw(draw) => FreezeItem::Draw {
                bank_id: draw.bank_id,
                category_id: draw.category_id,
                tags: draw.tags.iter().map(ToString::to_string).collect(),
                types: draw.types.clone(),
                count: draw.count,
            },
        })
        .collect()
}

/// The place of each item of [`items_to_freeze`] in the definition: `sections[0].items[2]`.
pub fn item_places(definition: &ExamDefinition) -> Vec<String> {
    definition
        .sections
        .iter()
        .enumerate()
        .flat_map(|(section, content)| {
            (0..content.items.len()).map(move |item| format!("sections[{section}].items[{item}]"))
        })
        .collect()
}

/// Builds one form's paper and its keys. `frozen` has the questions of each item of [`items_to_freeze`].
pub fn assemble(definition: &ExamDefinition, frozen: Vec<Vec<Frozen>>) -> (Paper, PaperKeys) {
    let mut frozen = frozen.into_iter();
    let mut keys = PaperKeys::default();
    let mut stimuli = Stimuli::default();
    let sections = definition
        .sections
        .iter()
        .map(|section| PaperSection {
            title: section.title.to_string(),
            instructions: section.instructions.to_string(),
            navigation: section.navigation,
            time_limit_minutes: section.time_limit_minutes,
            shuffle_questions: section.shuffle_questions,
            shuffle_options: section.shuffle_options,
            questions: section
                .items
                .iter()
                .flat_map(|item| {
                    let points = match item {
                        Item::Fixed(question) => question.points,
                        Item::Draw(draw) => draw.points,
                    };
                    frozen.next().unwrap_or_default().into_iter().map(move |question| (question, points))
                })
                .map(|(question, points)| {
                    keys.0.insert(question.version_id, question.key.clone());
                    placed(question, points, &mut stimuli)
                })
                .collect(),
        })
        .collect();
    (Paper { sections, stimuli: stimuli.texts }, keys)
}

fn placed(frozen: Frozen, points: Option<Points>, stimuli: &mut Stimuli) -> PaperQuestion {
    let asks = frozen.question.question_type().is_answered();
    PaperQuestion {
        id: frozen.version_id,
        question_id: frozen.question_id,
        points: if asks { points.unwrap_or(frozen.points) } else { Points::ZERO },
        stimulus: frozen.stimulus.map(|stimulus| stimuli.place(stimulus.id, stimulus.text)),
        question: frozen.question,
    }
}

/// Stimuli in the order in which they are first needed.
#[derive(Default)]
struct Stimuli {
    places: BTreeMap<StimulusId, u32>,
    texts: Vec<RichText>,
}

impl Stimuli {
    fn place(&mut self, id: StimulusId, text: RichText) -> u32 {
        *self.places.entry(id).or_insert_with(|| {
            self.texts.push(text);
            u32::try_from(self.texts.len() - 1).unwrap_or(u32::MAX)
        })
    }
}
