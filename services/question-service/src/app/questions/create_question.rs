//! Somebody writes a new question.

use authz::Actor;
use db::Tx;
use foundation::Problem;
use question_api::{BankId, kinds};
use serde_json::json;

use super::{
    Filing, QuestionView,
    filing::{check_category, idnumber_taken, index, place_in_stimulus},
};
use crate::{
    QuestionService,
    app::{
        access::{self, Want},
        record::{Change, record},
    },
    domain::{
        draft::{Draft, Prepared, VersionNote},
        excerpt::question_excerpt,
        limits::QUESTIONS_PER_BANK_MAX,
    },
    store::{
        self,
        questions::QuestionRow,
        versions::{NewVersion, VersionHead, VersionRow},
    },
};

/// Adds a question to a bank, in its first version.
///
/// # Errors
/// 404 when the bank isn't there for the actor; 409 when it is full or the number taken; 422 when it can't be filed so, or
/// says that it is ready and isn't.
pub async fn create_question(
    service: &QuestionService,
    actor: &Actor,
    bank_id: BankId,
    draft: Draft,
    filing: Filing,
    note: VersionNote,
) -> Result<QuestionView, Problem> {
    let prepared = draft.prepare()?;
    let mut tx = service.db.begin().await?;
    let bank = access::bank(&mut tx, actor, bank_id, Want::Edit).await?;
    store::banks::lock(&mut tx, bank_id).await?;
    let view = insert(service, &mut tx, actor, bank_id, prepared, filing, note).await?;
    tx.commit().await?;
    Ok(QuestionView { can_edit: access::can_edit(actor, &bank), ..view })
}

/// Adds a question within a transaction that holds the bank's lock.
pub(super) async fn insert(
    service: &QuestionService,
    tx: &mut Tx,
    actor: &Actor,
    bank_id: BankId,
    mut prepared: Prepared,
    filing: Filing,
    note: VersionNote,
) -> Result<QuestionView, Problem> {
    let tags = filing.distinct_tags()?;
    if store::questions::count(tx, bank_id).await? >= QUESTIONS_PER_BANK_MAX {
        return Err(bank_full());
    }
    check_category(tx, bank_id, filing.category_id).await?;
    let stimulus_position = match prepared.draft.stimulus_id {
        Some(stimulus) => place_in_stimulus(tx, bank_id, stimulus).await?,
        None => 0,
    };
    prepared.miss(&store::media::missing(tx, &prepared.media).await?);
    prepared.check_ready()?;
    let placed = Placed { bank_id, filing, tags, stimulus_position };
    let (mut rows, version) = rows(service, actor, &prepared, placed, note);
    store::questions::insert(tx, &mut rows).await.map_err(|error| idnumber_taken(error, rows[0].id))?;
    store::versions::insert(tx, std::slice::from_ref(&version)).await?;
    let [row] = rows;
    index(tx, &row, &prepared.draft.question, true).await?;
    let detail = json!({ "version": 1, "state": row.state, "type": row.question_type });
    record(service, tx, Change::of(actor, kinds::QUESTION_CREATED, Some(bank_id), row.id, detail)).await?;
    Ok(shown(row, version, prepared))
}

/// Where a new question goes.
struct Placed {
    bank_id: BankId,
    filing: Filing,
    tags: Vec<String>,
    stimulus_position: i64,
}

fn rows(
    service: &QuestionService,
    actor: &Actor,
    prepared: &Prepared,
    placed: Placed,
    note: VersionNote,
) -> ([QuestionRow; 1], NewVersion) {
    let Draft { title, points, stimulus_id, state, question, .. } = &prepared.draft;
    let now = service.clock.now();
    let head = VersionHead {
        id: service.id(),
        question_id: service.id(),
        number: 1,
        state: *state,
        title: title.as_str().to_owned(),
        points: *points,
        stimulus_id: *stimulus_id,
        note: note.into_string(),
        saved_by: actor.account(),
        saved_at: now,
        frozen: false,
    };
    let ready = *state == crate::domain::state::QuestionState::Ready;
    let row = QuestionRow {
        seq: 0,
        id: head.question_id,
        bank_id: placed.bank_id,
        category_id: placed.filing.category_id,
        stimulus_id: *stimulus_id,
        stimulus_position: placed.stimulus_position,
        idnumber: placed.filing.idnumber.map(IdNumberText::into_string),
        tags: placed.tags,
        question_type: question.question_type(),
        state: *state,
        title: head.title.clone(),
        excerpt: question_excerpt(question),
        points: *points,
        version: 1,
        version_id: head.id,
        ready_version: ready.then_some(1),
        ready_version_id: ready.then_some(head.id),
        archived_at: None,
        created_by: head.saved_by,
        created_at: now,
        saved_by: head.saved_by,
        saved_at: now,
    };
    let version = NewVersion {
        question_type: question.question_type().as_str(),
        question: prepared.question.clone(),
        key: prepared.key.clone(),
        head,
    };
    ([row], version)
}

type IdNumberText = super::IdNumber;

/// What was just stored, as its author sees it.
pub(super) fn shown(row: QuestionRow, version: NewVersion, prepared: Prepared) -> QuestionView {
    let version = VersionRow {
        head: version.head,
        question: prepared.draft.question,
        key: prepared.draft.key,
        question_hash: version.question.hash.to_vec(),
        key_hash: version.key.hash.to_vec(),
    };
    QuestionView::of(row, version, prepared.findings, true)
}

/// 409: no room for another question.
pub(crate) fn bank_full() -> Problem {
    Problem::conflict(
        "question.bank_full",
        format!(
            "A bank holds at most {QUESTIONS_PER_BANK_MAX} questions, archived ones included. Make another bank."
        ),
    )
}
