//! A question as its authors see it, with its key.

use authz::AccountId;
use foundation::{FieldProblem, Instant, Points};
use question_api::{BankId, CategoryId, QuestionId, StimulusId};
use question_model::{Key, Question, QuestionType, QuestionVersionId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::state::QuestionState,
    store::{questions::QuestionRow, versions::VersionHead, versions::VersionRow},
};

/// A question in its newest version, with its key: for authors.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QuestionView {
    /// The question.
    pub id: QuestionId,
    /// Its bank.
    pub bank_id: BankId,
    /// Its category; null when it lies in the bank itself.
    pub category_id: Option<CategoryId>,
    /// The number or name that its source knows it by.
    pub idnumber: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// A name for lists; may be empty.
    pub title: String,
    /// What a right response is worth unless an exam says otherwise.
    pub points: Points,
    /// What it shares with other questions.
    pub stimulus_id: Option<StimulusId>,
    /// Whether the newest version may be asked.
    pub state: QuestionState,
    /// What is asked.
    pub question: Question,
    /// What is right.
    pub key: Key,
    /// What keeps it from being asked; empty when nothing does.
    pub findings: Vec<FieldProblem>,
    /// The newest version's number; send it back when saving.
    pub version: i64,
    /// The newest version.
    pub version_id: QuestionVersionId,
    /// The number of the newest version that may be asked; null when none may.
    pub ready_version: Option<i64>,
    /// What was noted about the newest version.
    pub note: String,
    /// Whether the newest version stands in a paper.
    pub frozen: bool,
    /// Whether the asker may change it now.
    pub can_edit: bool,
    /// When it was put away.
    pub archived_at: Option<Instant>,
    /// Who made it.
    pub created_by: Option<AccountId>,
    /// When.
    pub created_at: Instant,
    /// Who saved its newest version.
    pub saved_by: Option<AccountId>,
    /// When.
    pub saved_at: Instant,
}

impl QuestionView {
    /// Puts row and newest version together.
    pub(super) fn of(
        row: QuestionRow,
        version: VersionRow,
        findings: Vec<FieldProblem>,
        can_edit: bool,
    ) -> Self {
        Self {
            id: row.id,
            bank_id: row.bank_id,
            category_id: row.category_id,
            idnumber: row.idnumber,
            tags: row.tags,
            title: version.head.title,
            points: version.head.points,
            stimulus_id: version.head.stimulus_id,
            state: version.head.state,
            question: version.question,
            key: version.key,
            findings,
            version: row.version,
            version_id: row.version_id,
            ready_version: row.ready_version,
            note: version.head.note,
            frozen: version.head.frozen,
            can_edit: can_edit && row.archived_at.is_none(),
            archived_at: row.archived_at,
            created_by: row.created_by,
            created_at: row.created_at,
            saved_by: row.saved_by,
            saved_at: row.saved_at,
        }
    }
}

/// A question in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QuestionSummary {
    /// The question.
    pub id: QuestionId,
    /// Its bank.
    pub bank_id: BankId,
    /// Its category; null when it lies in the bank itself.
    pub category_id: Option<CategoryId>,
    /// The number or name that its source knows it by.
    pub idnumber: Option<String>,
    /// A name for lists; may be empty.
    pub title: String,
    /// The beginning of its text.
    pub excerpt: String,
    /// Its type.
    pub question_type: QuestionType,
    /// Whether its newest version may be asked.
    pub state: QuestionState,
    /// What a right response is worth unless an exam says otherwise.
    pub points: Points,
    /// Its tags.
    pub tags: Vec<String>,
    /// What it shares with other questions.
    pub stimulus_id: Option<StimulusId>,
    /// Its newest version's number.
    pub version: i64,
    /// The number of the newest version that may be asked; null when none may.
    pub ready_version: Option<i64>,
    /// When it was put away.
    pub archived_at: Option<Instant>,
    /// Who saved its newest version.
    pub saved_by: Option<AccountId>,
    /// When.
    pub saved_at: Instant,
}

impl From<QuestionRow> for QuestionSummary {
    fn from(row: QuestionRow) -> Self {
        Self {
            id: row.id,
            bank_id: row.bank_id,
            category_id: row.category_id,
            idnumber: row.idnumber,
            title: row.title,
            excerpt: row.excerpt,
            question_type: row.question_type,
            state: row.state,
            points: row.points,
            tags: row.tags,
            stimulus_id: row.stimulus_id,
            version: row.version,
            ready_version: row.ready_version,
            archived_at: row.archived_at,
            saved_by: row.saved_by,
            saved_at: row.saved_at,
        }
    }
}

/// A version in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VersionSummary {
    /// Counts the question's versions, from 1.
    pub number: i64,
    /// The version.
    pub version_id: QuestionVersionId,
    /// Whether it may be asked.
    pub state: QuestionState,
    /// The question's title then.
    pub title: String,
    /// What was noted about it.
    pub note: String,
    /// Whether it stands in a paper.
    pub frozen: bool,
    /// Who saved it.
    pub saved_by: Option<AccountId>,
    /// When.
    pub saved_at: Instant,
}

impl From<VersionHead> for VersionSummary {
    fn from(head: VersionHead) -> Self {
        Self {
            number: head.number,
            version_id: head.id,
            state: head.state,
            title: head.title,
            note: head.note,
            frozen: head.frozen,
            saved_by: head.saved_by,
            saved_at: head.saved_at,
        }
    }
}

/// A version with its key: for authors.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VersionView {
    /// What a list shows of it.
    #[serde(flatten)]
    pub summary: VersionSummary,
    /// What a right response was worth.
    pub points: Points,
    /// What it shared with other questions.
    pub stimulus_id: Option<StimulusId>,
    /// What was asked.
    pub question: Question,
    /// What was right.
    pub key: Key,
}

impl From<VersionRow> for VersionView {
    fn from(row: VersionRow) -> Self {
        Self {
            points: row.head.points,
            stimulus_id: row.head.stimulus_id,
            question: row.question,
            key: row.key,
            summary: row.head.into(),
        }
    }
}
