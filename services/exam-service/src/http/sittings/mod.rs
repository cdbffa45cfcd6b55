//! What officers and invigilators do with sittings.

pub mod add_to_roster;
pub mod admit_late_entries;
pub mod allow_move;
pub mod cancel_sitting;
pub mod credit_outage;
pub mod find_clashes;
pub mod give_extra_time;
pub mod give_extra_time_to_all;
pub mod import_roster;
pub mod list_attempts;
pub mod list_incidents;
pub mod list_late_entries;
pub mod list_outages;
pub mod list_roster;
pub mod list_sittings;
pub mod list_stalls;
pub mod pause_attempt;
pub mod pause_sitting;
pub mod read_sitting;
pub mod read_standing_accommodation;
pub mod report_incident;
pub mod resume_attempt;
pub mod resume_sitting;
pub mod schedule_sitting;
pub mod set_accommodation;
pub mod set_roster_status;
pub mod set_standing_accommodation;
pub mod take_answer_file;
pub mod terminate_attempt;
pub mod update_sitting;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::ExamService;

/// The endpoints of this folder.
pub(super) fn router() -> OpenApiRouter<Arc<ExamService>> {
    // A roster is larger than what other endpoints take.
    let files = OpenApiRouter::new()
        .routes(routes!(import_roster::import_roster))
        .layer(DefaultBodyLimit::max(import_roster::ROSTER_BYTES_MAX));
    let answer_files = OpenApiRouter::new()
        .routes(routes!(take_answer_file::take_answer_file))
        .layer(DefaultBodyLimit::max(take_answer_file::BODY_BYTES_MAX));
    OpenApiRouter::new()
        .merge(files)
        .merge(answer_files)
        .routes(routes!(list_sittings::list_sittings, schedule_sitting::schedule_sitting))
        .routes(routes!(read_sitting::read_sitting, update_sitting::update_sitting))
        .routes(routes!(cancel_sitting::cancel_sitting))
        .routes(routes!(find_clashes::find_clashes))
        .routes(routes!(list_roster::list_roster, add_to_roster::add_to_roster))
        .routes(routes!(set_roster_status::set_roster_status))
        .routes(routes!(set_accommodation::set_accommodation))
        .routes(routes!(
            read_standing_accommodation::read_standing_accommodation,
            set_standing_accommodation::set_standing_accommodation
        ))
        .routes(routes!(list_attempts::list_attempts))
        .routes(routes!(give_extra_time_to_all::give_extra_time_to_all))
        .routes(routes!(give_extra_time::give_extra_time))
        .routes(routes!(terminate_attempt::terminate_attempt))
        .routes(routes!(allow_move::allow_move))
        .routes(routes!(list_incidents::list_incidents, report_incident::report_incident))
        .routes(routes!(list_outages::list_outages))
        .routes(routes!(credit_outage::credit_outage))
        .routes(routes!(pause_attempt::pause_attempt))
        .routes(routes!(resume_attempt::resume_attempt))
        .routes(routes!(pause_sitting::pause_sitting))
        .routes(routes!(resume_sitting::resume_sitting))
        .routes(routes!(list_late_entries::list_late_entries))
        .routes(routes!(list_stalls::list_stalls))
        .routes(routes!(admit_late_entries::admit_late_entries))
}
