//! The candidate's surface. No type here has a field that could hold a key or another person's data.

pub mod enter_section;
pub mod open_attempt;
pub mod read_attempt;
pub mod read_file;
pub mod read_paper;
pub mod read_responses;
pub mod read_sealed;
pub mod receipt_keys;
pub mod report_stalls;
pub mod save_responses;
pub mod see_changes;
pub mod start_attempt;
pub mod submit_attempt;
pub mod upload_file;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::ExamService;

/// What a form needs around its file.
const FORM_BYTES: usize = 16 * 1024;

/// What a candidate may call.
pub fn router(upload_bytes_max: usize) -> OpenApiRouter<Arc<ExamService>> {
    let uploads = OpenApiRouter::new()
        .routes(routes!(upload_file::upload_file))
        .layer(DefaultBodyLimit::max(upload_bytes_max.saturating_add(FORM_BYTES)));
    OpenApiRouter::new()
        .routes(routes!(read_attempt::read_attempt))
        .routes(routes!(open_attempt::open_attempt))
        .routes(routes!(start_attempt::start_attempt))
        .routes(routes!(read_paper::read_paper))
        .routes(routes!(read_sealed::read_sealed))
        .routes(routes!(read_responses::read_responses, save_responses::save_responses))
        .routes(routes!(enter_section::enter_section))
        .routes(routes!(see_changes::see_changes))
        .routes(routes!(report_stalls::report_stalls))
        .routes(routes!(submit_attempt::submit_attempt))
        .routes(routes!(receipt_keys::receipt_keys))
        .routes(routes!(read_file::read_file))
        .merge(uploads)
}

#[cfg(test)]
mod tests {
    use super::{
        open_attempt::open_attempt, save_responses::save_responses, start_attempt::start_attempt,
        submit_attempt::submit_attempt,
    };

    /// Room that each candidate takes who waits for an answer; a whole hall may at once.
    const WAITING_BYTES_MAX: usize = 2_048;

    fn size<A, B, C, D, F>(_: impl FnOnce(A, B, C, D) -> F) -> usize {
        size_of::<F>()
    }

    #[test]
    fn a_candidate_who_waits_takes_little_room() {
        let sizes = [
            ("open", size(open_attempt)),
            ("start", size(start_attempt)),
            ("save", size(save_responses)),
            ("submit", size(submit_attempt)),
        ];
        for (act, bytes) in sizes {
            assert!(bytes <= WAITING_BYTES_MAX, "{act}: {bytes} bytes");
        }
    }
}
