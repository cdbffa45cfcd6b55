//! Stimuli: what several questions share.

pub mod create_stimulus;
pub mod delete_stimulus;
pub mod list_stimuli;
pub mod order_stimulus;
pub mod read_stimulus;
pub mod save_stimulus;

use authz::{AccountId, Actor};
use db::{Conn, Tx};
use foundation::{FieldProblem, Instant, Problem, Text};
use question_api::{BankId, StimulusId, kinds};
use question_model::{
    RichText,
    render::{media, render},
};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    QuestionService,
    app::{
        questions::QuestionSummary,
        record::{Change, record},
    },
    domain::{
        draft::missing_pictures,
        excerpt::excerpt,
        limits::{QUESTION_TITLE_CHARS_MAX, STIMULI_PER_BANK_MAX, STIMULUS_CHARS_MAX},
    },
    store::{self, stimuli::StimulusRow},
};

/// A stimulus's name for lists; may be empty.
pub type StimulusTitle = Text<0, QUESTION_TITLE_CHARS_MAX>;

/// A stimulus with its text and its questions.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StimulusView {
    /// The stimulus.
    pub id: StimulusId,
    /// Its bank.
    pub bank_id: BankId,
    /// A name for lists; may be empty.
    pub title: String,
    /// Its text, as written.
    pub text: RichText,
    /// Its text as candidates see it, sanitised.
    pub html: String,
    /// Its newest version's number; send it back when saving.
    pub version: i64,
    /// The questions that share it, in their order; archived ones left out.
    pub questions: Vec<QuestionSummary>,
    /// Who saved its newest version.
    pub saved_by: Option<AccountId>,
    /// When.
    pub saved_at: Instant,
}

/// A stimulus in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StimulusSummary {
    /// The stimulus.
    pub id: StimulusId,
    /// Its bank.
    pub bank_id: BankId,
    /// A name for lists; may be empty.
    pub title: String,
    /// The beginning of its text.
    pub excerpt: String,
    /// Its newest version's number.
    pub version: i64,
    /// How many questions share it, archived ones left out.
    pub questions: i64,
    /// When its newest version was saved.
    pub saved_at: Instant,
}

impl From<StimulusRow> for StimulusSummary {
    fn from(row: StimulusRow) -> Self {
        let StimulusRow { id, bank_id, title, excerpt, version, questions, saved_at, saved_by: _ } = row;
        Self { id, bank_id, title, excerpt, version, questions, saved_at }
    }
}

/// A stimulus with all that belongs to it.
async fn view(conn: &mut Conn, row: StimulusRow, text: RichText) -> Result<StimulusView, Problem> {
    let questions = store::questions::of_stimulus(conn, row.id).await?;
    Ok(StimulusView {
        id: row.id,
        bank_id: row.bank_id,
        title: row.title,
        html: render(&text),
        text,
        version: row.version,
        questions: questions.into_iter().map(QuestionSummary::from).collect(),
        saved_by: row.saved_by,
        saved_at: row.saved_at,
    })
}

/// Refuses a text that is empty, too long, or shows a picture that isn't there.
async fn check_text(conn: &mut Conn, text: &RichText) -> Result<(), Problem> {
    let mut errors = Vec::new();
    if text.is_blank() {
        errors.push(FieldProblem::at("text.text", "question.text_empty", "Write something here."));
    }
    if text.text.chars().count() > STIMULUS_CHARS_MAX {
        let message = format!("At most {STIMULUS_CHARS_MAX} characters.");
        errors.push(FieldProblem::at("text.text", "question.text_too_long", message));
    }
    let missing = store::media::missing(conn, &media(text)).await?;
    errors.extend(
        missing_pictures(&missing).map(|finding| FieldProblem { field: Some("text".to_owned()), ..finding }),
    );
    if errors.is_empty() {
        return Ok(());
    }
    Err(Problem::invalid(
        "question.stimulus_invalid",
        "The stimulus can't be saved like this; see `errors`.",
        errors,
    ))
}

/// Adds a stimulus within a transaction that holds the bank's lock.
pub(super) async fn insert(
    service: &QuestionService,
    tx: &mut Tx,
    actor: &Actor,
    bank_id: BankId,
    title: String,
    text: &RichText,
) -> Result<StimulusRow, Problem> {
    if store::stimuli::count(tx, bank_id).await? >= STIMULI_PER_BANK_MAX {
        return Err(Problem::conflict(
            "question.too_many_stimuli",
            format!("A bank holds at most {STIMULI_PER_BANK_MAX} stimuli. Make another bank."),
        ));
    }
    let row = StimulusRow {
        id: service.id(),
        bank_id,
        title,
        excerpt: excerpt(text),
        version: 1,
        saved_by: actor.account(),
        saved_at: service.clock.now(),
        questions: 0,
    };
    store::stimuli::insert(tx, &row, text).await?;
    let detail = json!({ "version": 1 });
    record(service, tx, Change::of(actor, kinds::STIMULUS_CREATED, Some(bank_id), row.id, detail)).await?;
    Ok(row)
}
