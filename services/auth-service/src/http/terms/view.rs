//! A term as staff see and write it.

use foundation::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::unit::{self, Day, TermId};

/// A term.
#[derive(Debug, Serialize, ToSchema)]
pub struct Term {
    /// Its id.
    id: TermId,
    /// Its name.
    name: String,
    /// Its first day.
    starts_on: Day,
    /// Its last day.
    ends_on: Day,
}

impl From<unit::Term> for Term {
    fn from(term: unit::Term) -> Self {
        Self { id: term.id, name: term.name, starts_on: term.starts_on, ends_on: term.ends_on }
    }
}

/// What a term is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TermRequest {
    /// Its name; no other term's.
    pub name: Text<1, 100>,
    /// Its first day.
    pub starts_on: Day,
    /// Its last day, not before the first.
    pub ends_on: Day,
}
