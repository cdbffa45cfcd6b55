//! Somebody makes a copy of a question.

use authz::Actor;
use db::Tx;
use foundation::Problem;
use question_api::{BankId, CategoryId, QuestionId, StimulusId};

use super::{Filing, QuestionView, create_question, no_such_version};
use crate::{
    QuestionService,
    app::access::{self, Want},
    domain::{
        draft::{Draft, QuestionTitle, VersionNote},
        state::QuestionState,
        tag::Tag,
    },
    store::{self, questions::QuestionRow},
};

/// Where the copy goes; what is none is as with the original.
#[derive(Clone, Debug, Default)]
pub struct Copy {
    /// Into this bank.
    pub bank_id: Option<BankId>,
    /// Into this category.
    pub category_id: Option<CategoryId>,
    /// Under this title.
    pub title: Option<QuestionTitle>,
}

/// Makes a copy of a question's newest version: a draft, without the original's number. In another bank the stimulus is
/// copied too.
///
/// # Errors
/// 404 when the question or the bank isn't there for the actor; 403 when they may only look into the bank.
pub async fn duplicate_question(
    service: &QuestionService,
    actor: &Actor,
    id: QuestionId,
    copy: Copy,
) -> Result<QuestionView, Problem> {
    let mut tx = service.db.begin().await?;
    let (row, _) = access::question(&mut tx, actor, id, Want::Read).await?;
    let bank_id = copy.bank_id.unwrap_or(row.bank_id);
    access::bank(&mut tx, actor, bank_id, Want::Edit).await?;
    store::banks::lock(&mut tx, bank_id).await?;
    let version = store::versions::find(&mut tx, id, row.version).await?.ok_or_else(no_such_version)?;
    let stays = bank_id == row.bank_id;
    let stimulus_id = match version.head.stimulus_id {
        Some(stimulus) if !stays => Some(copy_stimulus(service, &mut tx, actor, stimulus, bank_id).await?),
        other => other,
    };
    let title = match copy.title {
        Some(title) => title,
        None => QuestionTitle::new(&version.head.title).map_err(|error| {
            db::Error::corrupt("question.question_versions", "title", version.head.id, error)
        })?,
    };
    let draft = Draft {
        title,
        points: version.head.points,
        stimulus_id,
        state: QuestionState::Draft,
        question: version.question,
        key: version.key,
    };
    let filing = Filing {
        category_id: copy.category_id.or(row.category_id.filter(|_| stays)),
        tags: tags(&row)?,
        idnumber: None,
    };
    let note = VersionNote::empty();
    let view =
        create_question::insert(service, &mut tx, actor, bank_id, draft.prepare()?, filing, note).await?;
    tx.commit().await?;
    Ok(view)
}

fn tags(row: &QuestionRow) -> db::Result<Vec<Tag>> {
    let tag = |tag: &String| {
        Tag::new(tag).map_err(|error| db::Error::corrupt("question.questions", "tags", row.id, error))
    };
    row.tags.iter().map(tag).collect()
}

async fn copy_stimulus(
    service: &QuestionService,
    tx: &mut Tx,
    actor: &Actor,
    id: StimulusId,
    bank: BankId,
) -> Result<StimulusId, Problem> {
    let text = store::stimuli::text(tx, id).await?;
    let title = store::stimuli::find(tx, id).await?.map(|row| row.title).unwrap_or_default();
    let row = crate::app::stimuli::insert(service, tx, actor, bank, title, &text).await?;
    Ok(row.id)
}
