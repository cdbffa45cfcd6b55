//! A candidate hands in a file. It becomes part of an answer when a response names it.

use authz::{Action, Actor, AttemptId, authorize};
use exam_api::CandidateFileId;
use foundation::{Id, Problem, Text};

use super::load::{load, no_such_attempt, own};
use crate::{
    ExamService,
    store::{self, files::FileRow},
};

/// Files of one attempt, whether or not a response names them.
pub const ATTEMPT_FILES_MAX: i64 = 100;

/// Keeps the file of an attempt that is being worked on; answers once the disk has it.
///
/// # Errors
/// 404 for somebody else's attempt; 409 before the start and after the end, or when there are too many files; 422 for
/// an empty file or one without a name; 503 when it can't be written.
pub async fn upload_file(
    service: &ExamService,
    actor: &Actor,
    id: AttemptId,
    name: &str,
    bytes: Vec<u8>,
) -> Result<FileRow, Problem> {
    own(actor, id)?;
    let now = service.clock.now();
    let name = name.rsplit(['/', '\\']).next().unwrap_or("");
    let name = Text::<1, 200>::new(name).map_err(|error| {
        Problem::invalid(
            "exam.file_name_invalid",
            format!("The file's name can't be taken: it {error}."),
            Vec::new(),
        )
    })?;
    if bytes.is_empty() {
        return Err(Problem::invalid(
            "exam.file_empty",
            "The file is empty. Choose another one.",
            Vec::new(),
        ));
    }
    let mut conn = service.db.read().await?;
    let loaded = load(&mut conn, id).await?;
    let gate = loaded.attempt.gate();
    if !gate.has_started() || gate.is_closed(now) {
        return Err(Problem::conflict(
            "exam.not_in_progress",
            "Files can be handed in only while the exam runs.",
        ));
    }
    if store::files::count(&mut conn, id).await? >= ATTEMPT_FILES_MAX {
        return Err(Problem::conflict("exam.too_many_files", "This attempt has too many files already."));
    }
    drop(conn);

    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let hash = service.files.put(bytes).await.map_err(|error| {
        Problem::unavailable(
            "exam.save_unavailable",
            "The server can't keep the file just now. Try again.",
            2,
        )
        .log(error)
    })?;
    let row = FileRow {
        id: Id::new(&*service.clock, &*service.random),
        attempt_id: id,
        name: name.into_string(),
        bytes: size,
        sha256: hash.to_vec(),
        created_at: now,
    };
    let mut tx = service.db.begin().await?;
    store::files::insert(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(row)
}

/// The file's name and bytes, for its candidate and for who marks.
///
/// # Errors
/// 404 for somebody else's file.
pub async fn read_file(
    service: &ExamService,
    actor: &Actor,
    attempt: AttemptId,
    id: CandidateFileId,
) -> Result<(String, Vec<u8>), Problem> {
    let mut conn = service.db.read().await?;
    match actor {
        Actor::Ticket(_) => own(actor, attempt)?,
        _ => {
            let loaded = load(&mut conn, attempt).await?;
            authorize(actor, Action::Mark, &loaded.sitting.unit).map_err(|_| no_such_attempt())?;
        }
    }
    let row = store::files::find(&mut conn, attempt, id).await?.ok_or_else(no_such_file)?;
    drop(conn);
    let hash =
        row.sha256.as_slice().try_into().map_err(|_| Problem::internal(format!("file {id} has no hash")))?;
    let bytes = service.files.get(hash).await.map_err(Problem::internal)?;
    Ok((row.name, bytes.ok_or_else(|| Problem::internal(format!("the bytes of file {id} are gone")))?))
}

fn no_such_file() -> Problem {
    Problem::not_found("exam.file_not_found", "There is no such file.")
}
