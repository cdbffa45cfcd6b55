//! What creating and saving a question have in common.

use foundation::Points;
use question_api::StimulusId;
use question_model::{Key, Question};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::domain::{
    draft::{Draft, QuestionTitle, VersionNote},
    state::QuestionState,
};

/// A version of a question.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VersionBody {
    /// A name for lists; may be empty.
    #[serde(default = "QuestionTitle::empty")]
    pub title: QuestionTitle,
    /// What a right response is worth unless an exam says otherwise; 1 when left out.
    #[serde(default = "one_point")]
    pub points: Points,
    /// What it shares with other questions of its bank.
    #[serde(default)]
    pub stimulus_id: Option<StimulusId>,
    /// `ready` when it may be asked; refused while something speaks against it.
    #[serde(default)]
    pub state: QuestionState,
    /// What is asked.
    pub question: Question,
    /// What is right.
    pub key: Key,
    /// What to remember about this version.
    #[serde(default = "VersionNote::empty")]
    pub note: VersionNote,
}

impl VersionBody {
    /// What is stored, and the note.
    pub(super) fn split(self) -> (Draft, VersionNote) {
        let Self { title, points, stimulus_id, state, question, key, note } = self;
        (Draft { title, points, stimulus_id, state, question, key }, note)
    }
}

const fn one_point() -> Points {
    Points::ONE
}
