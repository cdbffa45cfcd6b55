//! Marking, scores and release; and what candidates see of it.

pub mod export_results;
pub mod list_marking;
pub mod list_responses_to_mark;
pub mod list_results;
pub mod list_to_mark;
pub mod mark_response;
pub mod my_attempts;
pub mod read_file_to_mark;
pub mod read_journal;
pub mod read_marks;
pub mod read_review;
pub mod release_results;
pub mod withdraw_release;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::ExamService;

/// The endpoints of this folder.
pub(super) fn router() -> OpenApiRouter<Arc<ExamService>> {
    OpenApiRouter::new()
        .routes(routes!(list_to_mark::list_to_mark))
        .routes(routes!(list_marking::list_marking))
        .routes(routes!(list_responses_to_mark::list_responses_to_mark))
        .routes(routes!(mark_response::mark_response))
        .routes(routes!(read_file_to_mark::read_file_to_mark))
        .routes(routes!(list_results::list_results))
        .routes(routes!(read_marks::read_marks))
        .routes(routes!(read_journal::read_journal))
        .routes(routes!(export_results::export_results))
        .routes(routes!(release_results::release_results))
        .routes(routes!(withdraw_release::withdraw_release))
        .routes(routes!(read_review::read_review))
        .routes(routes!(my_attempts::my_attempts))
}
