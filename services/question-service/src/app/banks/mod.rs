//! Question banks.

pub mod archive_bank;
pub mod create_bank;
pub mod delete_bank;
pub mod list_banks;
pub mod list_tags;
pub mod read_bank;
pub mod update_bank;

use authz::UnitPath;
use foundation::{Instant, Problem, Text};
use question_api::BankId;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    domain::limits::{BANK_DESCRIPTION_CHARS_MAX, BANK_TITLE_CHARS_MAX},
    store::banks::BankRow,
};

/// A bank's title.
pub type BankTitle = Text<1, BANK_TITLE_CHARS_MAX>;
/// What a bank is for; may be empty.
pub type BankDescription = Text<0, BANK_DESCRIPTION_CHARS_MAX>;

/// A question bank.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BankView {
    /// The bank.
    pub id: BankId,
    /// Where it lies in the organisation.
    pub unit_path: UnitPath,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// Counts every change of this description.
    pub version: i64,
    /// Questions in it that aren't archived.
    pub questions: i64,
    /// When it was put away.
    pub archived_at: Option<Instant>,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl From<BankRow> for BankView {
    fn from(row: BankRow) -> Self {
        Self {
            id: row.id,
            unit_path: row.unit,
            title: row.title,
            description: row.description,
            version: row.version,
            questions: row.questions,
            archived_at: row.archived_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// 409: somebody else changed the bank.
fn changed_meanwhile(bank: &BankRow) -> Problem {
    Problem::conflict(
        "question.bank_version_conflict",
        "Somebody else changed this bank while you did. Load it again and repeat your change.",
    )
    .facts(json!({ "version": bank.version, "saved_at": bank.updated_at }))
}
