//! question-service, played: it freezes what was put into it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use authz::Actor;
use foundation::{FieldProblem, Id, ManualClock, Points, Problem, SystemRandom};
use question_api::{BankId, FreezeItem, Frozen, Picture, QuestionApi, QuestionId};
use question_model::{Key, Question};
use serde_json::json;

/// A text that stands in every key and must never reach a candidate.
pub const PLANTED: &str = "PLANTED-KEY-7f3a";

/// The hash of the one picture that there is.
pub const PICTURE_HASH: &str = "5e00000000000000000000000000000000000000000000000000000000000000";
/// The picture.
pub const PICTURE: &[u8] = b"a picture of the sea, as far as this test cares";

type Kept = BTreeMap<QuestionId, (Option<BankId>, Frozen)>;

/// question-service, played.
#[derive(Clone)]
pub struct FakeQuestions {
    clock: ManualClock,
    questions: Arc<Mutex<Kept>>,
}

/// A question of three options, of which `a` is right.
pub fn single_choice() -> (Question, Key) {
    let question = json!({
        "stem": { "text": "Which one is right?" },
        "body": { "type": "single_choice", "shuffle": true, "options": [
            { "id": "a", "text": { "text": "right" } },
            { "id": "b", "text": { "text": "wrong" } },
            { "id": "c", "text": { "text": "also wrong" } },
        ] },
    });
    let key = json!({
        "scheme": { "type": "single_choice", "fractions": { "a": 1, "c": -0.5 } },
        "explanation": { "text": PLANTED },
    });
    (serde_json::from_value(question).expect("a question"), serde_json::from_value(key).expect("a key"))
}

/// A question that a person marks.
pub fn essay() -> (Question, Key) {
    let question = json!({ "stem": { "text": "Why?" }, "body": { "type": "essay", "words_max": 300 } });
    let key = json!({ "scheme": {
        "type": "essay",
        "marking_notes": { "text": format!("Half for a reason. {PLANTED}") },
        "model_answer": { "text": PLANTED },
    } });
    (serde_json::from_value(question).expect("a question"), serde_json::from_value(key).expect("a key"))
}

impl FakeQuestions {
    pub fn new(clock: ManualClock) -> Self {
        Self { clock, questions: Arc::default() }
    }

    /// A question worth a point.
    pub fn add(&self, asked: (Question, Key)) -> QuestionId {
        self.put(None, asked, Points::ONE)
    }

    /// A bank of single-choice questions worth these points.
    pub fn bank(&self, points: &[i32]) -> BankId {
        let bank = Id::new(&self.clock, &SystemRandom);
        for points in points {
            self.put(Some(bank), single_choice(), Points::whole(*points));
        }
        bank
    }

    fn put(&self, bank: Option<BankId>, (question, key): (Question, Key), points: Points) -> QuestionId {
        let question_id = Id::new(&self.clock, &SystemRandom);
        let version_id = Id::new(&self.clock, &SystemRandom);
        let frozen = Frozen { question_id, version_id, points, question, key, stimulus: None };
        self.questions.lock().unwrap().insert(question_id, (bank, frozen));
        question_id
    }

    fn freeze_one(&self, form: usize, items: &[FreezeItem]) -> Result<Vec<Vec<Frozen>>, Problem> {
        let questions = self.questions.lock().unwrap();
        let mut used: BTreeSet<QuestionId> = BTreeSet::new();
        let mut paper = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let found: Vec<Frozen> = match item {
                FreezeItem::Fixed { question_id } => {
                    questions.get(question_id).iter().map(|(_, frozen)| frozen.clone()).collect()
                }
                // Each form begins elsewhere in the bank, so that forms differ.
                FreezeItem::Draw { bank_id, count, .. } => {
                    let mut bank: Vec<&Frozen> = questions
                        .values()
                        .filter(|(bank, frozen)| {
                            *bank == Some(*bank_id) && !used.contains(&frozen.question_id)
                        })
                        .map(|(_, frozen)| frozen)
                        .collect();
                    let places = bank.len().max(1);
                    bank.rotate_left(form % places);
                    let count = usize::try_from(*count).unwrap();
                    if bank.len() < count {
                        return Err(refused(form, index, "question.draw_too_few"));
                    }
                    bank.into_iter().take(count).cloned().collect()
                }
            };
            if found.is_empty() {
                return Err(Problem::not_found("question.not_found", "There is no such question.")
                    .with_errors(vec![FieldProblem::at(
                        format!("papers[{form}][{index}]"),
                        "question.not_found",
                        "There is no such question.",
                    )]));
            }
            used.extend(found.iter().map(|frozen| frozen.question_id));
            paper.push(found);
        }
        Ok(paper)
    }
}

fn refused(form: usize, index: usize, code: &str) -> Problem {
    let error = FieldProblem::at(format!("papers[{form}][{index}].count"), code, "There are too few.");
    Problem::invalid("question.not_freezable", "Not all of this can be frozen.", vec![error])
}

#[async_trait::async_trait]
impl QuestionApi for FakeQuestions {
    async fn freeze(&self, _: &Actor, papers: &[Vec<FreezeItem>]) -> Result<Vec<Vec<Vec<Frozen>>>, Problem> {
        papers.iter().enumerate().map(|(form, items)| self.freeze_one(form, items)).collect()
    }

    async fn picture(&self, sha256: &str) -> Result<Option<Picture>, Problem> {
        let picture = || Picture { bytes: PICTURE.to_vec(), media_type: "image/png".to_owned() };
        Ok((sha256 == PICTURE_HASH).then(picture))
    }
}
