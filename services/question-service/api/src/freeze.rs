//! Freezing questions into a paper.

use authz::Actor;
use foundation::{Points, Problem};
use question_model::{Key, Question, QuestionType, QuestionVersionId, RichText};
use serde::{Deserialize, Serialize};

use crate::{BankId, CategoryId, QuestionId, StimulusId};

/// What a paper asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FreezeItem {
    /// This question, in its newest version.
    Fixed {
        /// The question.
        question_id: QuestionId,
    },
    /// `count` questions drawn at random, none twice in one paper.
    Draw {
        /// From this bank.
        bank_id: BankId,
        /// From this category and those below it.
        category_id: Option<CategoryId>,
        /// With all of these tags.
        tags: Vec<String>,
        /// Of these types; empty for any.
        types: Vec<QuestionType>,
        /// How many.
        count: u32,
    },
}

/// A question version, frozen: it never changes again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frozen {
    /// The question.
    pub question_id: QuestionId,
    /// The version that was frozen.
    pub version_id: QuestionVersionId,
    /// What the question says it is worth.
    pub points: Points,
    /// What is asked.
    pub question: Question,
    /// What makes a response right.
    pub key: Key,
    /// What it shares with other questions.
    pub stimulus: Option<FrozenStimulus>,
}

/// A stimulus, frozen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrozenStimulus {
    /// The stimulus.
    pub id: StimulusId,
    /// Its text.
    pub text: RichText,
}

/// A picture that a question shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Exact bytes.
    pub bytes: Vec<u8>,
    /// As the bytes themselves show.
    pub media_type: String,
}

/// What others ask of question-service.
#[async_trait::async_trait]
pub trait QuestionApi: Send + Sync + 'static {
    /// Freezes the newest versions of what `papers` ask for. Each inner list is one paper; the answer has, per paper
    /// and item, the questions in their order. A draw takes no question that stands in the paper already.
    ///
    /// # Errors
    /// 404 for a question or bank that isn't there or that `actor` may not see; 422 naming the item
    /// (`papers[p][i]`) when a draw finds too few questions or a question isn't ready to be asked.
    async fn freeze(
        &self,
        actor: &Actor,
        papers: &[Vec<FreezeItem>],
    ) -> Result<Vec<Vec<Vec<Frozen>>>, Problem>;

    /// The picture under the hash that texts name it by; none when there is no such picture.
    ///
    /// # Errors
    /// 503 when it can't be read just now.
    async fn picture(&self, sha256: &str) -> Result<Option<Picture>, Problem>;
}
