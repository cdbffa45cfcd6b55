//! A marker looks at a file that was handed in, without its name.

use authz::{Action, Actor, SittingId};
use exam_api::CandidateFileId;
use foundation::Problem;
use question_model::{QuestionVersionId, Response};
use uuid::Uuid;

use super::mark_response::{attempt_of, no_such_response};
use crate::{ExamService, app::sittings::load::load, store};

/// Characters of a file's extension that are kept.
const EXTENSION_CHARS_MAX: usize = 12;

/// The file's bytes, under a name made of its id and its extension: a file's own name often is the candidate's.
///
/// # Errors
/// 404 when the sitting or the response isn't there or lies elsewhere, or the response has no such file.
pub async fn read_file_to_mark(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    question: QuestionVersionId,
    reference: Uuid,
    file: CandidateFileId,
) -> Result<(String, Vec<u8>), Problem> {
    let mut conn = service.db.read().await?;
    load(&mut conn, actor, Action::Mark, id).await?;
    let attempt = attempt_of(&mut conn, id, reference).await?;
    let given = store::results::responses(&mut conn, attempt)
        .await?
        .into_iter()
        .find(|response| response.question_id == question)
        .and_then(|response| serde_json::from_slice::<Response>(&response.payload?).ok());
    let named = match given {
        Some(Response::FileUpload(given)) => given.files.iter().any(|given| given.id == file.uuid()),
        _ => false,
    };
    if !named {
        return Err(no_such_response());
    }
    let row = store::files::find(&mut conn, attempt, file).await?.ok_or_else(no_such_response)?;
    drop(conn);
    let hash = row
        .sha256
        .as_slice()
        .try_into()
        .map_err(|_| Problem::internal(format!("file {file} has no hash")))?;
    let bytes = service.files.get(hash).await.map_err(Problem::internal)?;
    let bytes = bytes.ok_or_else(|| Problem::internal(format!("the bytes of file {file} are gone")))?;
    Ok((anonymous(&row.name, file), bytes))
}

/// A file name that says what the file is and not whose.
fn anonymous(name: &str, id: CandidateFileId) -> String {
    let extension: String = name
        .rsplit_once('.')
        .map(|(_, extension)| extension)
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(EXTENSION_CHARS_MAX)
        .collect();
    if extension.is_empty() { id.to_string() } else { format!("{id}.{}", extension.to_ascii_lowercase()) }
}
