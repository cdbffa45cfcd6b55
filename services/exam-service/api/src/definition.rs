//! An exam as an author defines it.

use foundation::{Points, Text};
use question_api::{BankId, CategoryId, QuestionId};
use question_model::QuestionType;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an author decides about an exam.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExamDefinition {
    /// Shown before the start, Markdown.
    #[serde(default = "no_text")]
    pub instructions: Text<0, 20_000>,
    /// Working time in minutes, 1 to 1,440.
    #[schema(minimum = 1, maximum = 1440)]
    pub duration_minutes: u32,
    /// Forms to make at publish, 1 to 50: parallel papers, each with draws of its own.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 50)]
    pub forms: u32,
    /// Sections, in order.
    pub sections: Vec<Section>,
    /// What candidates get to see of their results, and when.
    #[serde(default)]
    pub release: ReleasePolicy,
    /// Whether a score below zero counts as zero.
    #[serde(default = "yes")]
    pub floor_at_zero: bool,
}

/// A part of an exam.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its title; empty when there is only one section.
    #[serde(default = "no_text")]
    pub title: Text<0, 200>,
    /// Shown above its questions, Markdown.
    #[serde(default = "no_text")]
    pub instructions: Text<0, 20_000>,
    /// How candidates move through its questions.
    #[serde(default)]
    pub navigation: Navigation,
    /// Minutes for this section alone; null for no limit of its own.
    #[serde(default)]
    pub time_limit_minutes: Option<u32>,
    /// Whether each candidate gets the questions in an order of their own.
    #[serde(default)]
    pub shuffle_questions: bool,
    /// Whether each candidate gets the options in an order of their own, where the question allows it.
    #[serde(default)]
    pub shuffle_options: bool,
    /// What is asked.
    pub items: Vec<Item>,
}

/// How candidates move through a section.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Navigation {
    /// Back and forth as they like.
    #[default]
    Free,
    /// Each question once, in order; a section that was left can't be entered again.
    ForwardOnly,
}

/// A question, or a random draw of questions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Item {
    /// This question, in its newest version at publish.
    Fixed(FixedQuestion),
    /// Questions drawn at random at publish, anew for each form.
    Draw(Draw),
}

/// A question that stands in every form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FixedQuestion {
    /// The question.
    pub question_id: QuestionId,
    /// What it is worth here; null for what the question says.
    #[serde(default)]
    pub points: Option<Points>,
}

/// A random draw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// From this bank.
    pub bank_id: BankId,
    /// From this category and those below it; null for any.
    #[serde(default)]
    pub category_id: Option<CategoryId>,
    /// With all of these tags.
    #[serde(default)]
    pub tags: Vec<Text<1, 100>>,
    /// Of these types; empty for any.
    #[serde(default)]
    pub types: Vec<QuestionType>,
    /// How many, 1 to 500.
    #[schema(minimum = 1, maximum = 500)]
    pub count: u32,
    /// What each is worth here; null for what the questions say.
    #[serde(default)]
    pub points: Option<Points>,
}

/// What candidates get to see of their results, and when.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleasePolicy {
    /// When.
    #[serde(default)]
    pub moment: ReleaseMoment,
    /// What.
    #[serde(default)]
    pub parts: ReviewParts,
}

/// When results are released.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseMoment {
    /// When an officer releases them.
    #[default]
    ByOfficer,
    /// To each candidate as soon as their attempt is marked: for practice sittings.
    WhenMarked,
}

/// What a review shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewParts {
    /// The score.
    #[serde(default = "yes")]
    pub score: bool,
    /// The mark of each question, and why.
    #[serde(default = "yes")]
    pub marks: bool,
    /// The questions and what the candidate gave.
    #[serde(default = "yes")]
    pub responses: bool,
    /// What would have been right, and the explanations.
    #[serde(default)]
    pub solutions: bool,
}

impl Default for ReviewParts {
    fn default() -> Self {
        Self { score: true, marks: true, responses: true, solutions: false }
    }
}

const fn yes() -> bool {
    true
}
const fn one() -> u32 {
    1
}
fn no_text<const MAX: usize>() -> Text<0, MAX> {
    Text::empty()
}
