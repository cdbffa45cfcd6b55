//! People, as lists show them and as rosters bring them.

use authz::AccountId;
use foundation::{FieldProblem, Text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// People in one call, at most: asked for, or brought by a roster.
pub const PEOPLE_MAX: usize = 20_000;

/// A student, staff or candidate number as the institution writes it.
pub type PersonNumber = Text<1, 64>;
/// A person's name as it is shown.
pub type DisplayName = Text<1, 200>;
/// An e-mail address.
pub type Email = Text<3, 254>;
/// What a roster calls a class: its id, code or name.
pub type ClassWords = Text<1, 200>;

/// A person, as a list shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Person {
    /// Their account.
    pub id: AccountId,
    /// Their student, staff or candidate number, if they have one.
    pub number: Option<String>,
    /// Their name.
    pub display_name: String,
}

/// One row of a roster: a candidate, found by number or made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonRow {
    /// Their number: what makes the same row the same person.
    pub number: PersonNumber,
    /// Their name.
    pub display_name: DisplayName,
    /// Their e-mail address, kept only when the person is made.
    #[serde(default)]
    pub email: Option<Email>,
    /// A class in or below the unit that the roster belongs to, which they join beside it: by id, code or name.
    #[serde(default)]
    pub class: Option<ClassWords>,
}

/// What became of one row of a roster, in the rows' order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportedPerson {
    /// The person's account; none when the row was refused.
    pub account: Option<AccountId>,
    /// What was done.
    pub outcome: ImportOutcome,
    /// Why the row was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<FieldProblem>,
}

/// What was done with a row of a roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportOutcome {
    /// The person is new.
    Created,
    /// A person with this number and name was there already.
    Found,
    /// A person with this number was there, under another name: a person has to look at the row. Nothing was changed.
    NameDiffers,
    /// The row can't be taken; `problem` says why.
    Refused,
}
