//! The explicit order of an attempt's questions and options, decided once, when the attempt is made.

use foundation::{Random, shuffle};
use question_model::{OptionOrder, Question, QuestionBody, QuestionVersionId, option_order};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::paper::Paper;

/// An attempt's order of questions and options.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Arrangement {
    /// For each section, its questions in the order to show.
    pub sections: Vec<Vec<Placed>>,
}

/// A question in its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Placed {
    /// The question version.
    pub id: QuestionVersionId,
    /// The order of its options.
    #[serde(default)]
    pub order: OptionOrder,
}

/// Arranges `paper` for one attempt. Questions that share a stimulus stay together and in their order.
pub fn arrange(paper: &Paper, random: &dyn Random) -> Arrangement {
    let sections = paper
        .sections
        .iter()
        .map(|section| {
            let mut groups: Vec<Vec<usize>> = Vec::new();
            for (index, question) in section.questions.iter().enumerate() {
                let together = groups.last().is_some_and(|group| {
                    question.stimulus.is_some() && section.questions[group[0]].stimulus == question.stimulus
                });
                match groups.last_mut() {
                    Some(group) if together => group.push(index),
                    _ => groups.push(vec![index]),
                }
            }
            if section.shuffle_questions {
                shuffle(&mut groups, random);
            }
            groups
                .into_iter()
                .flatten()
                .map(|index| &section.questions[index])
                .map(|question| Placed {
                    id: question.id,
                    order: order_of(&question.question, section.shuffle_options, random),
                })
                .collect()
        })
        .collect();
    Arrangement { sections }
}

/// Items to order and targets to match are always mixed: the author's order would give the key away.
fn order_of(question: &Question, shuffle_options: bool, random: &dyn Random) -> OptionOrder {
    let gives_away = matches!(question.body, QuestionBody::Ordering(_) | QuestionBody::Matching(_));
    if shuffle_options || gives_away { option_order(question, random) } else { OptionOrder::default() }
}
