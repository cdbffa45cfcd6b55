//! An author opens a stimulus.

use authz::Actor;
use foundation::Problem;
use question_api::StimulusId;

use super::{StimulusView, view};
use crate::{
    QuestionService,
    app::access::{self, Want},
    store,
};

/// The stimulus with its questions.
///
/// # Errors
/// 404 when it isn't there for the actor.
pub async fn read_stimulus(
    service: &QuestionService,
    actor: &Actor,
    id: StimulusId,
) -> Result<StimulusView, Problem> {
    let mut conn = service.db.read().await?;
    let (row, _) = access::stimulus(&mut conn, actor, id, Want::Read).await?;
    let text = store::stimuli::text(&mut conn, id).await?;
    view(&mut conn, row, text).await
}
