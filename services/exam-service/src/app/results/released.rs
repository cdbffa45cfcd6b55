//! Whether a candidate may see their result.

use db::Conn;
use exam_api::{ExamDefinition, ReleaseMoment};
use foundation::Instant;

use crate::{
    domain::attempt::MarkingState,
    store::{self, attempts::AttemptRow, results::STAGE_RESULTS, sittings::SittingRow},
};

/// When an officer released the sitting's results.
pub(super) async fn released_at(conn: &mut Conn, sitting: &SittingRow) -> db::Result<Option<Instant>> {
    store::results::released_at(conn, sitting.id, STAGE_RESULTS).await
}

/// Whether the candidate may see the attempt's result: it is over and marked as far as a machine can, and either an
/// officer released the sitting's results or it is a practice sitting whose policy shows each one as soon as all of
/// it is marked. In a sitting that counts nothing comes out by itself: others may still be working.
pub(super) fn is_released(
    attempt: &AttemptRow,
    sitting: &SittingRow,
    rules: &ExamDefinition,
    released_at: Option<Instant>,
) -> bool {
    let by_itself = sitting.practice
        && rules.release.moment == ReleaseMoment::WhenMarked
        && attempt.marking == MarkingState::Marked;
    attempt.ended_at.is_some()
        && attempt.marking != MarkingState::None
        && (released_at.is_some() || by_itself)
}
