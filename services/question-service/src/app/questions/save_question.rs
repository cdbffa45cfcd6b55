//! Somebody saves a question: a new version, and where it is filed.

use authz::Actor;
use db::Tx;
use foundation::Problem;
use question_api::{QuestionId, kinds};
use serde_json::json;

use super::{
    Filing, QuestionView, changed_meanwhile,
    create_question::shown,
    filing::{check_category, idnumber_taken, index, place_in_stimulus},
    no_such_version, not_archived,
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
        limits::VERSIONS_PER_QUESTION_MAX,
        state::QuestionState,
    },
    store::{
        self,
        banks::BankRow,
        questions::QuestionRow,
        versions::{NewVersion, VersionHead, VersionRow},
    },
};

/// What is saved, and over which version.
#[derive(Clone, Debug)]
pub struct Save {
    /// The version that its author saw.
    pub version: i64,
    /// What the new one says.
    pub draft: Draft,
    /// What to remember about it.
    pub note: VersionNote,
    /// Where the question is filed; none leaves it where it is.
    pub filing: Option<Filing>,
}

/// Saves a question. What says the same as the newest version makes no new one; where the question is filed can change
/// without.
///
/// # Errors
/// 404 when it isn't there for the actor; 409 when somebody was faster (with who and when), when it is archived, or the
/// number is taken; 422 when it can't be filed so, or says that it is ready and isn't.
pub async fn save_question(
    service: &QuestionService,
    actor: &Actor,
    id: QuestionId,
    save: Save,
) -> Result<QuestionView, Problem> {
    let prepared = save.draft.prepare()?;
    let mut tx = service.db.begin().await?;
    let (row, bank) = access::question(&mut tx, actor, id, Want::Edit).await?;
    let changes = Changes { version: save.version, prepared, note: save.note, filing: save.filing };
    let view = write(service, &mut tx, actor, (row, &bank), changes).await?;
    tx.commit().await?;
    Ok(view)
}

/// What [`write`] writes.
pub(super) struct Changes {
    pub version: i64,
    pub prepared: Prepared,
    pub note: VersionNote,
    pub filing: Option<Filing>,
}

/// Writes a new version within a transaction.
pub(super) async fn write(
    service: &QuestionService,
    tx: &mut Tx,
    actor: &Actor,
    (before, bank): (QuestionRow, &BankRow),
    changes: Changes,
) -> Result<QuestionView, Problem> {
    let Changes { version, mut prepared, note, filing } = changes;
    not_archived(&before)?;
    if before.version != version {
        return Err(changed_meanwhile(tx, before.id).await);
    }
    let newest = store::versions::find(tx, before.id, version).await?.ok_or_else(no_such_version)?;
    prepared.miss(&store::media::missing(tx, &prepared.media).await?);
    prepared.check_ready()?;

    let mut row = before.clone();
    if let Some(filing) = filing {
        row.tags = filing.distinct_tags()?;
        check_category(tx, bank.id, filing.category_id).await?;
        row.category_id = filing.category_id;
        row.idnumber = filing.idnumber.map(super::IdNumber::into_string);
    }
    let new_version = if says_the_same(&newest, &prepared) {
        None
    } else {
        Some(next_version(service, tx, actor, &mut row, &prepared, note).await?)
    };
    let refiled =
        (&row.tags, row.category_id, &row.idnumber) != (&before.tags, before.category_id, &before.idnumber);
    let Some(version) = new_version else {
        if refiled {
            update(service, tx, actor, &row, &before).await?;
            index(tx, &row, &prepared.draft.question, false).await?;
        }
        return Ok(QuestionView::of(row, newest, prepared.findings, true));
    };
    update(service, tx, actor, &row, &before).await?;
    store::versions::insert(tx, std::slice::from_ref(&version)).await?;
    index(tx, &row, &prepared.draft.question, false).await?;
    Ok(shown(row, version, prepared))
}

fn says_the_same(newest: &VersionRow, prepared: &Prepared) -> bool {
    let draft = &prepared.draft;
    let head = &newest.head;
    newest.question_hash == prepared.question.hash
        && newest.key_hash == prepared.key.hash
        && (head.title.as_str(), head.points, head.stimulus_id, head.state)
            == (draft.title.as_str(), draft.points, draft.stimulus_id, draft.state)
}

/// The version that follows `row`'s newest; `row` becomes what it is with it.
async fn next_version(
    service: &QuestionService,
    tx: &mut Tx,
    actor: &Actor,
    row: &mut QuestionRow,
    prepared: &Prepared,
    note: VersionNote,
) -> Result<NewVersion, Problem> {
    let Draft { title, points, stimulus_id, state, question, .. } = &prepared.draft;
    if row.version >= VERSIONS_PER_QUESTION_MAX {
        return Err(Problem::conflict(
            "question.too_many_versions",
            format!(
                "A question has at most {VERSIONS_PER_QUESTION_MAX} versions. Duplicate it and go on with the copy."
            ),
        ));
    }
    if row.stimulus_id != *stimulus_id {
        row.stimulus_position = match stimulus_id {
            Some(stimulus) => place_in_stimulus(tx, row.bank_id, *stimulus).await?,
            None => 0,
        };
    }
    row.version += 1;
    row.version_id = service.id();
    if *state == QuestionState::Ready {
        row.ready_version = Some(row.version);
        row.ready_version_id = Some(row.version_id);
    }
    row.stimulus_id = *stimulus_id;
    row.question_type = question.question_type();
    row.state = *state;
    row.title = title.as_str().to_owned();
    row.excerpt = question_excerpt(question);
    row.points = *points;
    row.saved_by = actor.account();
    row.saved_at = service.clock.now();
    let head = VersionHead {
        id: row.version_id,
        question_id: row.id,
        number: row.version,
        state: *state,
        title: row.title.clone(),
        points: *points,
        stimulus_id: *stimulus_id,
        note: note.into_string(),
        saved_by: row.saved_by,
        saved_at: row.saved_at,
        frozen: false,
    };
    Ok(NewVersion {
        head,
        question_type: question.question_type().as_str(),
        question: prepared.question.clone(),
        key: prepared.key.clone(),
    })
}

async fn update(
    service: &QuestionService,
    tx: &mut Tx,
    actor: &Actor,
    row: &QuestionRow,
    before: &QuestionRow,
) -> Result<(), Problem> {
    let updated = store::questions::update(tx, row, before.version).await;
    if !updated.map_err(|error| idnumber_taken(error, row.id))? {
        return Err(changed_meanwhile(tx, row.id).await);
    }
    let detail = json!({ "version": row.version, "state": row.state, "type": row.question_type });
    record(service, tx, Change::of(actor, kinds::QUESTION_SAVED, Some(row.bank_id), row.id, detail)).await?;
    Ok(())
}
