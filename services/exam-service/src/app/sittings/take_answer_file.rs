//! An officer takes in an answer file: what a device wrote that found no network any more.

use std::collections::{BTreeMap, HashSet};

use authz::{Action, Actor, AttemptId, SittingId, TicketKey};
use exam_api::AnswerFileId;
use foundation::{Instant, Problem};
use receipts::{Bytes, KeySet};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use super::{
    load::{load, load_attempt},
    retime::{Moved, tell},
};
use crate::{
    ExamService,
    app::{
        attempts::save_responses::{SAVE_ENTRIES_MAX, SentEntry, check, hashed},
        audited,
        receipts::keys::public_keys,
        writer::{Command, EntryFate, Outcome, SavedEntry},
    },
    domain::{
        admission::{EntryStatus, Refused},
        answer_file::{
            ANSWER_FILE_BYTES_MAX, ANSWER_FILE_ENTRIES_MAX, AnswerFile, FileEntry, NotOpened, read,
        },
    },
    store::{self, answer_files::AnswerFileRow, attempts::AttemptRow},
};

/// What the newest receipt that a device held says of what the server had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileProof {
    /// The device held none.
    None,
    /// It is one of ours, for this attempt.
    Holds,
    /// It isn't.
    Broken,
}

/// What came of an answer file.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AnswerFileTaken {
    /// The attempt.
    pub attempt_id: AttemptId,
    /// Whose it is.
    pub candidate_number: String,
    /// Their name.
    pub candidate_name: String,
    /// When it was made, by the device's clock.
    pub made_at: Instant,
    /// Entries in it.
    pub entries: usize,
    /// Of them, those that are new and late: they count once an officer admits them.
    pub late: usize,
    /// Those that are new and in time: the attempt still ran.
    pub taken: usize,
    /// Those that are new and don't count, because another device had taken the attempt over.
    pub superseded: usize,
    /// Those that the server had already.
    pub already: usize,
    /// Those in whose place the server has another answer; nothing was overwritten.
    pub conflicts: usize,
    /// For how many entries the device held receipts.
    pub receipts_held: usize,
    /// What the newest of them says.
    pub proof: FileProof,
}

/// Takes in an answer file: its bytes, or its text in parts. Each entry gets into the journal once, however often the file
/// is brought and whether or not the network came back; late ones wait to be admitted like all others.
///
/// # Errors
/// 404 when the sitting isn't there or lies elsewhere; 413 when it is too large; 422 when it is no answer file, not whole,
/// damaged, sealed for another installation, or not what a player writes; 409 when it is another sitting's, or its ticket
/// isn't its attempt's; 503 when it can't be written, and then it can be brought again.
pub async fn take_answer_file(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    body: &[u8],
) -> Result<AnswerFileTaken, Problem> {
    let now = service.clock.now();
    let mut conn = service.db.read().await?;
    load(&mut conn, actor, Action::ManageSittings, id).await?;
    drop(conn);
    if body.len() > 2 * ANSWER_FILE_BYTES_MAX {
        return Err(too_large());
    }
    let bytes = read(body).map_err(|why| not_opened(&why))?;
    if bytes.len() > ANSWER_FILE_BYTES_MAX {
        return Err(too_large());
    }
    let content = service.answer_file_key.open(&bytes).map_err(|why| not_opened(&why))?;
    let file: AnswerFile = serde_json::from_slice(&content).map_err(|error| unreadable().log(error))?;
    let (attempt, proof) = checked(service, id, &file).await?;

    let by_lease = by_lease(&file.entries)?;
    let row = AnswerFileRow {
        id: AnswerFileId::new(&*service.clock, &*service.random),
        attempt_id: attempt.id,
        sha256: Bytes(Sha256::digest(&bytes).into()),
        lease_no: file.lease_no,
        made_at: file.made_at,
        entries: count(file.entries.len()),
        held: count(file.held.len()),
        // What isn't ours proves nothing, and may be of any length.
        proof: file
            .last_receipt
            .as_ref()
            .filter(|_| proof == FileProof::Holds)
            .and_then(|receipt| serde_json::to_string(receipt).ok()),
        taken_at: now,
        taken_by: actor.account(),
    };
    note(service, actor, id, &row, &file).await?;

    let mut taken = AnswerFileTaken {
        attempt_id: attempt.id,
        candidate_number: attempt.candidate_number,
        candidate_name: attempt.candidate_name,
        made_at: file.made_at,
        entries: file.entries.len(),
        late: 0,
        taken: 0,
        superseded: 0,
        already: 0,
        conflicts: 0,
        receipts_held: file.held.len(),
        proof,
    };
    for (lease_no, sent) in by_lease {
        for sent in chunks(sent) {
            let entries = hashed(service, attempt.id, lease_no, sent);
            let nonces: HashSet<[u8; 16]> = entries.iter().map(|entry| entry.nonce.0).collect();
            let command = Command::Save { attempt: attempt.id, lease_no, at: now, entries };
            let Outcome::Saved(saved) = service.writer.run(command).await? else {
                return Err(Problem::internal(format!("attempt {} went away", attempt.id)));
            };
            for SavedEntry { fate, .. } in saved.entries {
                *match fate {
                    EntryFate::Held(held) if !nonces.contains(&held.nonce.0) => &mut taken.already,
                    EntryFate::Held(held) => match held.status {
                        EntryStatus::Taken => &mut taken.taken,
                        EntryStatus::Late => &mut taken.late,
                        EntryStatus::Superseded => &mut taken.superseded,
                    },
                    EntryFate::Conflict => &mut taken.conflicts,
                    EntryFate::Refused(why) => return Err(refused(why)),
                } += 1;
            }
        }
    }
    let mut conn = service.db.read().await?;
    let version = load_attempt(&mut conn, id, attempt.id).await?.version;
    drop(conn);
    tell(service, id, &[Moved { attempt: attempt.id, version }]);
    Ok(taken)
}

/// The attempt that the file is of, when its ticket says so; and what its proof is worth.
async fn checked(
    service: &ExamService,
    id: SittingId,
    file: &AnswerFile,
) -> Result<(AttemptRow, FileProof), Problem> {
    // A file may be brought long after its ticket was good for anything else: only its seal is looked at.
    let ticket = TicketKey::new(&service.settings.secrets).open(&file.ticket, Instant::from_micros(i64::MIN));
    let ticket = ticket.map_err(|_| other_attempt().log("its ticket is forged"))?;
    if ticket.attempt != file.attempt_id {
        return Err(other_attempt().log("its ticket is another attempt's"));
    }
    if ticket.sitting != id {
        return Err(Problem::conflict(
            "exam.answer_file_other_sitting",
            "This answer file belongs to another sitting. Take it in there.",
        )
        .facts(json!({ "sitting_id": ticket.sitting })));
    }
    if file.entries.len() > ANSWER_FILE_ENTRIES_MAX {
        return Err(unreadable().log("too many entries"));
    }
    let mut conn = service.db.read().await?;
    let attempt = load_attempt(&mut conn, id, file.attempt_id).await?;
    let proof = match &file.last_receipt {
        None => FileProof::None,
        Some(receipt) => {
            let keys = KeySet::of(public_keys(&mut conn).await?).map_err(Problem::internal)?;
            let ours = receipt.attempt_id == attempt.id.uuid() && receipt.verify(&keys).is_ok();
            if ours { FileProof::Holds } else { FileProof::Broken }
        }
    };
    Ok((attempt, proof))
}

/// The entries as they would have been sent, by the lease that wrote them.
fn by_lease(entries: &[FileEntry]) -> Result<BTreeMap<i64, Vec<SentEntry>>, Problem> {
    let mut by_lease: BTreeMap<i64, Vec<SentEntry>> = BTreeMap::new();
    for entry in entries {
        by_lease.entry(entry.lease_no).or_default().push(SentEntry {
            seq: entry.seq,
            question: entry.question_id,
            payload: entry.response.get().as_bytes().to_vec(),
        });
    }
    for sent in by_lease.values() {
        for sent in sent.chunks(SAVE_ENTRIES_MAX) {
            check(sent).map_err(|problem| unreadable().log(problem))?;
        }
    }
    Ok(by_lease)
}

fn chunks(mut entries: Vec<SentEntry>) -> Vec<Vec<SentEntry>> {
    let mut chunks = Vec::new();
    while entries.len() > SAVE_ENTRIES_MAX {
        let rest = entries.split_off(SAVE_ENTRIES_MAX);
        chunks.push(std::mem::replace(&mut entries, rest));
    }
    chunks.push(entries);
    chunks
}

/// Puts on record who brings what, before anything of it gets into the journal; once for each file.
async fn note(
    service: &ExamService,
    actor: &Actor,
    sitting: SittingId,
    row: &AnswerFileRow,
    file: &AnswerFile,
) -> Result<(), Problem> {
    let mut tx = service.db.begin().await?;
    if !store::answer_files::insert(&mut tx, row).await? {
        return Ok(());
    }
    for entry in &file.entries {
        let place = (entry.lease_no, entry.seq);
        store::answer_files::insert_entry(&mut tx, row.attempt_id, place, row.id, entry.written_at).await?;
    }
    let detail = json!({
        "sitting": sitting, "answer_file": row.id, "sha256": row.sha256, "entries": row.entries, "made_at": row.made_at,
    });
    let subject = ("attempt", row.attempt_id.to_string());
    audited::record(service, &mut tx, actor, "answer_file.taken_in", subject, detail).await?;
    tx.commit().await?;
    Ok(())
}

fn count(len: usize) -> i64 {
    i64::try_from(len).unwrap_or(i64::MAX)
}

pub(crate) fn too_large() -> Problem {
    let detail = "This is larger than an answer file can be. Look whether it is the right file.";
    Problem::new(413, "exam.answer_file_too_large", detail)
}

fn other_attempt() -> Problem {
    Problem::conflict(
        "exam.answer_file_other_attempt",
        "This answer file doesn't come from the device of the attempt that it names. Nothing was taken in.",
    )
}

fn unreadable() -> Problem {
    Problem::new(
        422,
        "exam.answer_file_unreadable",
        "The file could be opened, but its answers can't be read. Keep it and tell the operator.",
    )
}

fn refused(why: Refused) -> Problem {
    match why {
        Refused::NotStarted => Problem::conflict(
            "exam.answer_file_not_started",
            "The attempt was never started here. If the database was restored from a backup, tell the operator.",
        ),
        Refused::NoSuchLease => Problem::conflict(
            "exam.answer_file_no_such_lease",
            "The server never let this device write. If the database was restored from a backup, tell the operator.",
        ),
    }
}

fn not_opened(why: &NotOpened) -> Problem {
    let (code, detail) = match why {
        NotOpened::NotOne => {
            ("exam.not_an_answer_file", "This is no answer file. Look whether it is the right file.")
        }
        NotOpened::Incomplete(_) => {
            ("exam.answer_file_incomplete", "Parts of the answer file are missing. Scan those as well.")
        }
        NotOpened::Mixed => (
            "exam.answer_file_mixed",
            "These are parts of several answer files. Take them in one after the other.",
        ),
        NotOpened::OtherKey => (
            "exam.answer_file_other_key",
            "This answer file was sealed for another installation, or before its secret was changed.",
        ),
        NotOpened::Damaged => (
            "exam.answer_file_damaged",
            "The answer file was changed or didn't come whole. Ask for it again.",
        ),
    };
    let problem = Problem::new(422, code, detail);
    match why {
        NotOpened::Incomplete(missing) => problem.facts(json!({ "missing": missing })),
        _ => problem,
    }
}
