//! An author uploads a picture.

use authz::{Action, Actor};
use foundation::Problem;
use question_api::kinds;
use question_model::render::MEDIA_PATH;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    QuestionService,
    app::record::{Change, record},
    domain::{
        limits::MEDIA_BYTES_MAX,
        picture::{hex, inspect},
    },
    store,
};

/// A picture that questions can show.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MediaView {
    /// The hash of its bytes, its name.
    pub sha256: String,
    /// `image/png`, `image/jpeg`, `image/gif` or `image/webp`.
    pub media_type: String,
    /// Its size.
    pub bytes: u64,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Where it is served.
    pub url: String,
    /// What a text says to show it: `![](media:…)` in Markdown, `<img src="media:…">` in HTML.
    pub reference: String,
}

/// Keeps a picture under the hash of its bytes. The same picture again is the same picture.
///
/// # Errors
/// 403 for who writes no questions, 413 for too many bytes, 415 for what isn't a picture, 422 for a damaged one, 503 when
/// the disk can't take it.
pub async fn upload_media(
    service: &QuestionService,
    actor: &Actor,
    bytes: &[u8],
) -> Result<MediaView, Problem> {
    if !actor.may_somewhere(Action::EditQuestions) {
        return Err(Problem::forbidden());
    }
    if bytes.len() > bytes_max(service) {
        return Err(too_large(bytes_max(service)));
    }
    let picture = inspect(bytes)?;
    let name = hex(&picture.sha256);
    // The file first: a row without its file would be a picture that isn't there, a file without its row is nothing.
    service.files.put(bytes.to_vec()).await.map_err(|error| {
        Problem::unavailable(
            "question.media_unavailable",
            "The picture can't be kept just now. Try again in a moment.",
            5,
        )
        .log(error)
    })?;
    let mut tx = service.db.begin().await?;
    if store::media::insert(&mut tx, &picture, bytes.len(), actor.account(), service.clock.now()).await? {
        let detail = json!({ "bytes": bytes.len(), "media_type": picture.media_type });
        let change = Change::named(actor, kinds::MEDIA_UPLOADED, "media", name.clone(), detail);
        record(service, &mut tx, change).await?;
        tx.commit().await?;
    }
    Ok(MediaView {
        url: format!("{MEDIA_PATH}{name}"),
        reference: format!("media:{name}"),
        sha256: name,
        media_type: picture.media_type.to_owned(),
        bytes: bytes.len() as u64,
        width: picture.width,
        height: picture.height,
    })
}

/// Bytes of the largest picture that is taken here.
pub fn bytes_max(service: &QuestionService) -> usize {
    service.settings.upload_bytes_max.min(MEDIA_BYTES_MAX)
}

fn too_large(bytes_max: usize) -> Problem {
    Problem::new(
        413,
        "question.media_too_large",
        format!("The picture is too large: at most {bytes_max} bytes are taken. Make it smaller."),
    )
}
