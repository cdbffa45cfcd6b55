//! Somebody changes a stimulus.

use authz::Actor;
use foundation::Problem;
use question_api::{StimulusId, kinds};
use question_model::RichText;
use serde_json::json;

use super::{StimulusTitle, StimulusView, check_text, view};
use crate::{
    QuestionService,
    app::{
        access::{self, Want},
        record::{Change, record},
    },
    domain::excerpt::excerpt,
    store::{self, stimuli::StimulusRow},
};

/// Saves a stimulus over version `version`. What stands in papers keeps the text that it was frozen with.
///
/// # Errors
/// 404 when it isn't there for the actor, 409 when somebody was faster (with who and when), 422 for a text that can't be
/// used.
pub async fn save_stimulus(
    service: &QuestionService,
    actor: &Actor,
    id: StimulusId,
    version: i64,
    title: StimulusTitle,
    text: RichText,
) -> Result<StimulusView, Problem> {
    let mut tx = service.db.begin().await?;
    let (row, bank) = access::stimulus(&mut tx, actor, id, Want::Edit).await?;
    if row.version != version {
        return Err(changed_meanwhile(&row));
    }
    check_text(&mut tx, &text).await?;
    if row.title == title.as_str() && store::stimuli::text(&mut tx, id).await? == text {
        return view(&mut tx, row, text).await;
    }
    let row = StimulusRow {
        title: title.into_string(),
        excerpt: excerpt(&text),
        version: version + 1,
        saved_by: actor.account(),
        saved_at: service.clock.now(),
        ..row
    };
    if !store::stimuli::save(&mut tx, &row, &text).await? {
        let (row, _) = access::stimulus(&mut tx, actor, id, Want::Edit).await?;
        return Err(changed_meanwhile(&row));
    }
    let detail = json!({ "version": row.version });
    record(service, &mut tx, Change::of(actor, kinds::STIMULUS_SAVED, Some(bank.id), id, detail)).await?;
    let view = view(&mut tx, row, text).await?;
    tx.commit().await?;
    Ok(view)
}

fn changed_meanwhile(row: &StimulusRow) -> Problem {
    Problem::conflict(
        "question.stimulus_version_conflict",
        "Somebody else saved this stimulus while you wrote. Yours isn't saved: load the newest version and repeat your \
         change.",
    )
    .facts(json!({ "version": row.version, "saved_by": row.saved_by, "saved_at": row.saved_at }))
}
