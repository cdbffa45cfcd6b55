//! A marker works through the responses to one question, without names.

use authz::{AccountId, Action, Actor, SittingId};
use db::Conn;
use foundation::{Instant, Page, PageQuery, Points, Problem};
use question_model::{
    MarkScheme, Outcome, QuestionType, QuestionVersionId, Response, RichText, Why, render::render,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    ExamService,
    app::sittings::load::load,
    store::{self, marking::ResponseToMark, sittings::SittingRow},
};

/// A question as its markers see it, with a page of responses.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ResponsesToMark {
    /// The question, with what the author tells markers.
    pub question: MarkerQuestion,
    /// Responses in an order of chance, the same for everybody.
    pub items: Vec<ResponseToMarkView>,
    /// Pass as `after` to get the page behind this one; null on the last.
    pub next: Option<String>,
}

/// A question as its markers see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MarkerQuestion {
    /// The question.
    pub question_id: QuestionVersionId,
    /// Its type.
    pub r#type: QuestionType,
    /// The text that it shares with others, sanitised.
    pub stimulus_html: Option<String>,
    /// What is asked, sanitised.
    pub stem_html: String,
    /// What a right response is worth.
    pub points_max: Points,
    /// How to give points, sanitised.
    pub marking_notes_html: Option<String>,
    /// An answer that deserves all of them, sanitised.
    pub model_answer_html: Option<String>,
}

/// A response without a name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ResponseToMarkView {
    /// What to call it: says nothing of who wrote it.
    pub response_ref: Uuid,
    /// What was given; null once erased.
    pub response: Option<Response>,
    /// Points so far; null while it waits.
    pub points: Option<Points>,
    /// Points for a right response.
    pub points_max: Points,
    /// What the machine says of it: its length.
    pub why: Why,
    /// What the marker says to the candidate.
    pub comment: String,
    /// Who marked it; null while it waits.
    pub marked_by: Option<AccountId>,
    /// When a person marked it.
    pub marked_at: Option<Instant>,
}

/// A page of the responses to a question; only those that wait if `waiting`.
///
/// # Errors
/// 404 when the sitting isn't there or lies elsewhere, or has no such question that people mark.
pub async fn list_responses_to_mark(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    question: QuestionVersionId,
    waiting: bool,
    page: &PageQuery,
) -> Result<ResponsesToMark, Problem> {
    let mut conn = service.db.read().await?;
    let sitting = load(&mut conn, actor, Action::Mark, id).await?;
    let question = find(service, &mut conn, &sitting, question).await?;
    let after = page.after.as_deref().and_then(|reference| reference.parse().ok());
    let rows =
        store::marking::responses(&mut conn, id, question.question_id, waiting, after, page.limit() + 1)
            .await?;
    let items = rows.into_iter().map(view).collect();
    let Page { items, next } =
        Page::cut(items, page.limit(), |item: &ResponseToMarkView| item.response_ref.to_string());
    Ok(ResponsesToMark { question, items, next })
}

pub(super) fn view(row: ResponseToMark) -> ResponseToMarkView {
    let waits = row.marked.outcome == Outcome::NeedsMarking;
    ResponseToMarkView {
        response_ref: row.reference,
        response: row.payload.and_then(|payload| serde_json::from_slice(&payload).ok()),
        points: (!waits).then_some(row.marked.points),
        points_max: row.marked.points_max,
        why: row.marked.why,
        comment: row.comment,
        marked_by: row.marker,
        marked_at: row.marker.map(|_| row.marked_at),
    }
}

/// The question in whichever form of the sitting has it.
async fn find(
    service: &ExamService,
    conn: &mut Conn,
    sitting: &SittingRow,
    id: QuestionVersionId,
) -> Result<MarkerQuestion, Problem> {
    for form in store::papers::forms(conn, sitting.publication_id).await? {
        let paper = service.papers.paper(conn, form.id).await?;
        let Some(question) = paper.question(id) else { continue };
        let keys = store::papers::keys(conn, form.id).await?.map(|(_, keys)| keys).unwrap_or_default();
        let (notes, model) = match keys.0.get(&id).map(|key| &key.scheme) {
            Some(MarkScheme::Essay(key)) => (key.marking_notes.as_ref(), key.model_answer.as_ref()),
            Some(MarkScheme::FileUpload(key)) => (key.marking_notes.as_ref(), None),
            _ => (None, None),
        };
        let shown = |text: Option<&RichText>| text.filter(|text| !text.is_blank()).map(render);
        let stimulus = question.stimulus.and_then(|place| paper.stimuli.get(usize::try_from(place).ok()?));
        return Ok(MarkerQuestion {
            question_id: id,
            r#type: question.question.question_type(),
            stimulus_html: stimulus.map(render),
            stem_html: render(&question.question.stem),
            points_max: question.points,
            marking_notes_html: shown(notes),
            model_answer_html: shown(model),
        });
    }
    Err(Problem::not_found("exam.question_not_found", "The sitting has no such question."))
}
