//! A unit as staff see it.

use auth_api::UnitKind;
use authz::{UnitId, UnitPath};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::unit::{TermId, UnitRecord};

/// An organisation unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrganisationUnit {
    /// Its id.
    id: UnitId,
    /// The unit that it lies right below; null for one right below the institution.
    parent_id: Option<UnitId>,
    /// What it is.
    kind: UnitKind,
    /// Its name.
    name: String,
    /// A short code that people know it by.
    code: Option<String>,
    /// Its place in the tree: a unit covers those whose path starts with its own. Never changes.
    path: UnitPath,
    /// The term in which it runs.
    term_id: Option<TermId>,
    /// Whether it is over.
    archived: bool,
}

impl From<UnitRecord> for OrganisationUnit {
    fn from(record: UnitRecord) -> Self {
        Self {
            id: record.unit.id,
            parent_id: record.unit.parent,
            kind: record.unit.kind,
            name: record.unit.name,
            code: record.code,
            path: record.unit.path,
            term_id: record.term,
            archived: record.archived_at.is_some(),
        }
    }
}
