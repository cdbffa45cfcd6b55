//! A candidate hands in a file. It is part of an answer because a response names it: whichever of the two comes first.

use authz::{Action, Actor, AttemptId, authorize};
use exam_api::CandidateFileId;
use foundation::{Instant, Problem, Text};

use super::load::{load, no_such_attempt, own};
use crate::{
    ExamService,
    store::{self, files::FileRow},
};

/// Files of one attempt, whether or not a response names them.
pub const ATTEMPT_FILES_MAX: i64 = 100;

/// A file as it came.
#[derive(Debug)]
pub struct SentFile {
    /// What responses name it by: its device chose it.
    pub id: CandidateFileId,
    /// Its name on the device.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// When its first byte came: a large one may take minutes.
    pub began_at: Instant,
}

/// Keeps the file of an attempt that is being worked on; answers once the disk has it. The same file again is answered
/// as the first time.
///
/// # Errors
/// 404 for somebody else's attempt; 409 before the start and after the end, when there are too many files, or when the id
/// is another file's; 422 for an empty file or one without a name; 503 when it can't be written.
pub async fn upload_file(
    service: &ExamService,
    actor: &Actor,
    id: AttemptId,
    SentFile { id: file_id, name, bytes, began_at }: SentFile,
) -> Result<FileRow, Problem> {
    own(actor, id)?;
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
    if let Some(before) = store::files::of_id(&mut conn, file_id).await? {
        let same = before.attempt_id == id && before.sha256 == files::hash(&bytes);
        return if same { Ok(before) } else { Err(id_taken()) };
    }
    if !gate.has_started() || gate.is_closed(began_at) {
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
        id: file_id,
        attempt_id: id,
        name: name.into_string(),
        bytes: size,
        sha256: hash.to_vec(),
        created_at: began_at,
    };
    let mut tx = service.db.begin().await?;
    let is_new = store::files::insert(&mut tx, &row).await?;
    tx.commit().await?;
    if is_new {
        return Ok(row);
    }
    // The same request twice at once: the other one was first.
    let mut conn = service.db.read().await?;
    let first = store::files::of_id(&mut conn, file_id).await?;
    first.filter(|first| first.attempt_id == id && first.sha256 == row.sha256).ok_or_else(id_taken)
}

fn id_taken() -> Problem {
    Problem::conflict("exam.file_id_taken", "Another file has this id. Choose the file again.")
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
