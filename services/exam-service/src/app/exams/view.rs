//! Exams as staff see them.

use authz::{AccountId, UnitId};
use db::Conn;
use exam_api::{ExamDefinition, ExamId, PublicationId};
use foundation::Instant;
use serde::Serialize;
use utoipa::ToSchema;

use crate::store::{
    self,
    exams::{ExamRow, PublicationRow},
};

/// An exam with its draft.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExamView {
    /// Its id.
    pub id: ExamId,
    /// The unit it belongs to; null for the whole institution.
    pub unit_id: Option<UnitId>,
    /// Its title.
    pub title: String,
    /// The draft: what the next publication will freeze.
    pub definition: ExamDefinition,
    /// Counts every change; send it back with yours.
    pub version: i64,
    /// Its newest publication; null before the first.
    pub publication: Option<PublicationHead>,
    /// When it was put away.
    pub archived_at: Option<Instant>,
    /// Who made it.
    pub created_by: Option<AccountId>,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// A publication without its content.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PublicationHead {
    /// Its id.
    pub id: PublicationId,
    /// The exam.
    pub exam_id: ExamId,
    /// Counts the exam's publications, from 1.
    pub number: i64,
    /// The title as published.
    pub title: String,
    /// Working time in minutes, as published.
    pub duration_minutes: u32,
    /// When.
    pub published_at: Instant,
}

impl From<&PublicationRow> for PublicationHead {
    fn from(row: &PublicationRow) -> Self {
        Self {
            id: row.id,
            exam_id: row.exam_id,
            number: row.number,
            title: row.title.clone(),
            duration_minutes: row.rules.duration_minutes,
            published_at: row.published_at,
        }
    }
}

/// An exam in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExamSummary {
    /// Its id.
    pub id: ExamId,
    /// The unit it belongs to; null for the whole institution.
    pub unit_id: Option<UnitId>,
    /// Its title.
    pub title: String,
    /// Working time in minutes, as the draft says.
    pub duration_minutes: u32,
    /// Sections of the draft.
    pub section_count: usize,
    /// Items of the draft: questions, those of its draws counted, and texts to read.
    pub item_count: u64,
    /// Its newest publication; null before the first.
    pub publication_id: Option<PublicationId>,
    /// When it was put away.
    pub archived_at: Option<Instant>,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl From<ExamRow> for ExamSummary {
    fn from(row: ExamRow) -> Self {
        let items = row.definition.sections.iter().flat_map(|section| &section.items);
        let item_count = items
            .map(|item| match item {
                exam_api::Item::Fixed(_) => 1,
                exam_api::Item::Draw(draw) => u64::from(draw.count),
            })
            .sum();
        Self {
            id: row.id,
            unit_id: row.unit.unit(),
            title: row.title,
            duration_minutes: row.definition.duration_minutes,
            section_count: row.definition.sections.len(),
            item_count,
            publication_id: row.publication_id,
            archived_at: row.archived_at,
            updated_at: row.updated_at,
        }
    }
}

/// The exam with the head of its newest publication.
pub(crate) async fn view(conn: &mut Conn, exam: ExamRow) -> db::Result<ExamView> {
    let publication = match exam.publication_id {
        Some(id) => store::exams::publication(conn, id).await?,
        None => None,
    };
    Ok(ExamView {
        id: exam.id,
        unit_id: exam.unit.unit(),
        title: exam.title,
        definition: exam.definition,
        version: exam.version,
        publication: publication.as_ref().map(PublicationHead::from),
        archived_at: exam.archived_at,
        created_by: exam.created_by,
        created_at: exam.created_at,
        updated_at: exam.updated_at,
    })
}
