//! What authors do with exams.

pub mod archive_exam;
pub mod check_exam;
pub mod create_exam;
pub mod duplicate_exam;
pub mod list_exams;
pub mod list_publications;
pub mod preview_exam;
pub mod publish_exam;
pub mod read_exam;
pub mod read_publication;
pub mod restore_exam;
pub mod update_exam;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::ExamService;

/// The endpoints of this folder.
pub(super) fn router() -> OpenApiRouter<Arc<ExamService>> {
    OpenApiRouter::new()
        .routes(routes!(list_exams::list_exams, create_exam::create_exam))
        .routes(routes!(read_exam::read_exam, update_exam::update_exam))
        .routes(routes!(archive_exam::archive_exam))
        .routes(routes!(restore_exam::restore_exam))
        .routes(routes!(duplicate_exam::duplicate_exam))
        .routes(routes!(check_exam::check_exam))
        .routes(routes!(publish_exam::publish_exam))
        .routes(routes!(list_publications::list_publications))
        .routes(routes!(read_publication::read_publication))
        .routes(routes!(preview_exam::preview_exam))
}
