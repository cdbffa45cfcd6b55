//! One endpoint, one file: extract, authorize, call, reply.

mod banks;
mod categories;
mod internal;
mod media;
mod preview;
mod questions;
mod rules;
mod stimuli;
mod transfer;
mod upload;

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{QuestionService, SCHEMA};

pub use rules::RULES;

/// A list that is short enough to be shown whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct WholeList<T> {
    /// The items, in the list's order.
    pub items: Vec<T>,
}

/// Every endpoint of this service.
pub fn router(service: Arc<QuestionService>) -> OpenApiRouter {
    let audit_log = http_kit::audit_log::routes("/api/v1/questions", SCHEMA, service.db.clone());
    let uploads = OpenApiRouter::new()
        .routes(routes!(media::upload_media::upload_media))
        .routes(routes!(transfer::import_questions::import_questions))
        .layer(upload::body_limit(service.settings.upload_bytes_max));
    OpenApiRouter::new()
        .routes(routes!(banks::list_banks::list_banks, banks::create_bank::create_bank))
        .routes(routes!(
            banks::read_bank::read_bank,
            banks::update_bank::update_bank,
            banks::delete_bank::delete_bank
        ))
        .routes(routes!(banks::archive_bank::archive_bank))
        .routes(routes!(banks::unarchive_bank::unarchive_bank))
        .routes(routes!(banks::list_tags::list_tags))
        .routes(routes!(
            categories::list_categories::list_categories,
            categories::create_category::create_category
        ))
        .routes(routes!(
            categories::update_category::update_category,
            categories::delete_category::delete_category
        ))
        .routes(routes!(questions::search_questions::search_questions))
        .routes(routes!(questions::create_question::create_question))
        .routes(routes!(
            questions::read_question::read_question,
            questions::save_question::save_question,
            questions::delete_question::delete_question
        ))
        .routes(routes!(questions::archive_question::archive_question))
        .routes(routes!(questions::unarchive_question::unarchive_question))
        .routes(routes!(questions::duplicate_question::duplicate_question))
        .routes(routes!(questions::list_question_versions::list_question_versions))
        .routes(routes!(questions::read_question_version::read_question_version))
        .routes(routes!(questions::restore_question_version::restore_question_version))
        .routes(routes!(questions::diff_question_versions::diff_question_versions))
        .routes(routes!(preview::preview_question::preview_question))
        .routes(routes!(preview::mark_preview::mark_preview))
        .routes(routes!(stimuli::list_stimuli::list_stimuli, stimuli::create_stimulus::create_stimulus))
        .routes(routes!(
            stimuli::read_stimulus::read_stimulus,
            stimuli::save_stimulus::save_stimulus,
            stimuli::delete_stimulus::delete_stimulus
        ))
        .routes(routes!(stimuli::order_stimulus::order_stimulus))
        .routes(routes!(media::read_media::read_media))
        .routes(routes!(transfer::export_questions::export_questions))
        .routes(routes!(transfer::report_export::report_export))
        .merge(uploads)
        .merge(internal::routes())
        .with_state(service)
        .merge(audit_log)
}
