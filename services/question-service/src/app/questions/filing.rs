//! Where a question is filed: what it has beside its versions.

use db::Tx;
use foundation::{FieldProblem, Problem, Text};
use question_api::{BankId, CategoryId, QuestionId, StimulusId};
use question_model::Question;

use crate::{
    domain::{
        document::document,
        limits::{IDNUMBER_CHARS_MAX, STIMULUS_QUESTIONS_MAX, TAGS_PER_QUESTION_MAX},
        tag::{Tag, distinct_tags},
    },
    store::{self, questions::QuestionRow, search::Words, tags::Tagged},
};

/// The number or name that a question's source knows it by.
pub type IdNumber = Text<1, IDNUMBER_CHARS_MAX>;

/// Where a question is filed.
#[derive(Clone, Debug, Default)]
pub struct Filing {
    /// Its category; none for the bank itself.
    pub category_id: Option<CategoryId>,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// The number or name that its source knows it by; no two questions of a bank have the same.
    pub idnumber: Option<IdNumber>,
}

impl Filing {
    /// The tags without repetition.
    pub(super) fn distinct_tags(&self) -> Result<Vec<String>, Problem> {
        distinct_tags(&self.tags).map_err(|found| {
            let message = format!("At most {TAGS_PER_QUESTION_MAX} tags; there are {found}.");
            refused("question.too_many_tags", FieldProblem::at("tags", "too_many", message))
        })
    }
}

/// The category must lie in the question's bank.
pub(super) async fn check_category(
    tx: &mut Tx,
    bank: BankId,
    category: Option<CategoryId>,
) -> Result<(), Problem> {
    let Some(category) = category else { return Ok(()) };
    store::categories::hold(tx, category).await?;
    match store::categories::find(tx, category).await? {
        Some(node) if node.bank_id == bank => Ok(()),
        _ => {
            let error = FieldProblem::at("category_id", "unknown", "There is no such category in this bank.");
            Err(refused("question.category_unknown", error))
        }
    }
}

/// The stimulus must lie in the question's bank, and have room for one more. Answers the place that the question gets.
pub(super) async fn place_in_stimulus(
    tx: &mut Tx,
    bank: BankId,
    stimulus: StimulusId,
) -> Result<i64, Problem> {
    store::stimuli::hold(tx, stimulus).await?;
    let row = store::stimuli::find(tx, stimulus).await?.filter(|row| row.bank_id == bank);
    let Some(row) = row else {
        let error = FieldProblem::at("stimulus_id", "unknown", "There is no such stimulus in this bank.");
        return Err(refused("question.stimulus_unknown", error));
    };
    if row.questions >= STIMULUS_QUESTIONS_MAX as i64 {
        let message = format!("At most {STIMULUS_QUESTIONS_MAX} questions share a stimulus.");
        return Err(refused("question.stimulus_full", FieldProblem::at("stimulus_id", "full", message)));
    }
    let last = store::questions::of_stimulus(tx, stimulus).await?.last().map(|row| row.stimulus_position);
    Ok(last.unwrap_or_default() + 1)
}

/// Makes the question findable by what it says now, and only by that.
pub(super) async fn index(
    tx: &mut Tx,
    row: &QuestionRow,
    question: &Question,
    is_new: bool,
) -> db::Result<()> {
    let words = document(&row.title, row.idnumber.as_deref(), &row.tags, question);
    if !is_new {
        store::search::remove(tx, row.seq).await?;
        store::tags::remove(tx, row.id).await?;
    }
    store::search::insert(tx, &[Words { seq: row.seq, words: &words }]).await?;
    store::tags::insert(tx, &[Tagged { question: row.id, bank: row.bank_id, tags: &row.tags }]).await
}

/// 409 when the number is another question's.
pub(super) fn idnumber_taken(error: db::Error, id: QuestionId) -> Problem {
    if error.is_exists() {
        Problem::conflict(
            "question.idnumber_taken",
            "Another question of this bank has the same id number, perhaps an archived one. Choose another.",
        )
        .log(format!("{id}: {error}"))
    } else {
        error.into()
    }
}

fn refused(code: &'static str, error: FieldProblem) -> Problem {
    Problem::invalid(code, "The question can't be filed like this; see `errors`.", vec![error])
}
