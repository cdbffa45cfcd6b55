//! Staff look at what happened in an attempt: the evidence when a candidate appeals.

use authz::{Action, Actor, AttemptId, SittingId};
use foundation::{Instant, Page, PageQuery, Problem};
use question_model::QuestionVersionId;
use receipts::Hash;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::sittings::load::{load, load_attempt},
    domain::admission::EntryStatus,
    store::{self, acts::JournalAct},
};

/// Something that happened in an attempt, without what was answered.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct JournalEntryView {
    /// The lease that acted: each device that took over has the next.
    pub lease_no: i64,
    /// Its place in the lease; below 1 for the server's own acts.
    pub seq: i64,
    /// `response`, `opened`, `started` or `submitted`.
    pub kind: String,
    /// The question answered.
    pub question_id: Option<QuestionVersionId>,
    /// How it was taken: only `taken` counts by itself.
    pub status: EntryStatus,
    /// When it came.
    pub received_at: Instant,
    /// When an officer let it count.
    pub admitted_at: Option<Instant>,
    /// Its leaf in its batch of the journal: what the candidate's receipt proves.
    pub leaf: Hash,
}

/// A page of the attempt's journal, in the order of `(lease_no, seq)`.
///
/// # Errors
/// 404 when the sitting or the attempt isn't there or lies elsewhere.
pub async fn read_journal(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    attempt: AttemptId,
    page: &PageQuery,
) -> Result<Page<JournalEntryView>, Problem> {
    let mut conn = service.db.read().await?;
    load(&mut conn, actor, Action::ReadResults, id).await?;
    load_attempt(&mut conn, id, attempt).await?;
    let after = page
        .after
        .as_deref()
        .and_then(|cursor| cursor.split_once('.'))
        .and_then(|(lease, seq)| Some((lease.parse().ok()?, seq.parse().ok()?)));
    let acts = store::acts::of_attempt(&mut conn, attempt, after, page.limit() + 1).await?;
    let items = acts.into_iter().map(view).collect();
    Ok(Page::cut(items, page.limit(), |entry: &JournalEntryView| format!("{}.{}", entry.lease_no, entry.seq)))
}

fn view(act: JournalAct) -> JournalEntryView {
    JournalEntryView {
        lease_no: act.lease_no,
        seq: act.seq,
        kind: act.kind,
        question_id: act.question_id,
        status: act.status,
        received_at: act.taken_at,
        admitted_at: act.admitted_at,
        leaf: act.leaf,
    }
}
