//! A question version that isn't stored yet.

use std::collections::BTreeSet;

use foundation::{FieldProblem, Points, Problem, Text};
use question_api::StimulusId;
use question_model::{Key, Question, conceal, render::media, validate};
use sha2::{Digest as _, Sha256};

use super::{
    limits::{CONTENT_BYTES_MAX, QUESTION_TITLE_CHARS_MAX, VERSION_NOTE_CHARS_MAX},
    state::QuestionState,
};

/// A question's title; may be empty.
pub type QuestionTitle = Text<0, QUESTION_TITLE_CHARS_MAX>;
/// What an author notes about a version; may be empty.
pub type VersionNote = Text<0, VERSION_NOTE_CHARS_MAX>;

/// What a version consists of.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// A name for lists.
    pub title: QuestionTitle,
    /// What a right response is worth unless an exam says otherwise.
    pub points: Points,
    /// What it shares with other questions.
    pub stimulus_id: Option<StimulusId>,
    /// Whether it may be asked.
    pub state: QuestionState,
    /// What is asked.
    pub question: Question,
    /// What is right.
    pub key: Key,
}

/// JSON and its hash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// Exact bytes.
    pub bytes: Vec<u8>,
    /// SHA-256 of them.
    pub hash: [u8; 32],
}

/// A question and its key, ready to be stored.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// As given, with ids that don't give the answer away.
    pub draft: Draft,
    /// The question.
    pub question: Content,
    /// The key.
    pub key: Content,
    /// What keeps it from being asked.
    pub findings: Vec<FieldProblem>,
    /// The pictures it shows.
    pub media: BTreeSet<String>,
}

impl Draft {
    /// Conceals, checks and writes the draft. Nothing in here looks at the database.
    ///
    /// # Errors
    /// 422 when it is too large, or worth less than nothing.
    pub fn prepare(mut self) -> Result<Prepared, Problem> {
        conceal(&mut self.question, &mut self.key);
        let mut errors = Vec::new();
        if self.points < Points::ZERO {
            errors.push(FieldProblem::at("points", "too_small", "A question is worth nothing or more."));
        }
        let question = content("question", &self.question, &mut errors);
        let key = content("key", &self.key, &mut errors);
        let (Some(question), Some(key), true) = (question, key, errors.is_empty()) else {
            return Err(Problem::invalid(
                "question.invalid",
                "The question can't be saved like this; see `errors`.",
                errors,
            ));
        };
        let findings = validate(&self.question, &self.key);
        let media = self.question.texts().into_iter().chain(self.key.texts()).flat_map(media).collect();
        Ok(Prepared { draft: self, question, key, findings, media })
    }
}

impl Prepared {
    /// Adds a finding for each picture that isn't there.
    pub fn miss(&mut self, missing: &[String]) {
        self.findings.extend(missing_pictures(missing));
    }

    /// Refuses a version that says it is ready and isn't.
    ///
    /// # Errors
    /// 422 with the findings.
    pub fn check_ready(&self) -> Result<(), Problem> {
        if self.draft.state == QuestionState::Draft || self.findings.is_empty() {
            return Ok(());
        }
        Err(Problem::invalid(
            "question.not_ready",
            "The question isn't ready to be asked; see `errors`. Correct it, or save it as a draft.",
            self.findings.clone(),
        ))
    }
}

/// A finding for each of these hashes, which name no picture.
pub fn missing_pictures(missing: &[String]) -> impl Iterator<Item = FieldProblem> + '_ {
    missing.iter().map(|hash| {
        let message = format!("The picture media:{hash} isn't there. Upload it again.");
        FieldProblem::at("question", "question.media_missing", message)
    })
}

fn content(field: &str, value: &impl serde::Serialize, errors: &mut Vec<FieldProblem>) -> Option<Content> {
    match serde_json::to_vec(value) {
        Ok(bytes) if bytes.len() > CONTENT_BYTES_MAX => {
            let message = format!("At most {CONTENT_BYTES_MAX} bytes; there are {}.", bytes.len());
            errors.push(FieldProblem::at(field, "too_large", message));
            None
        }
        Ok(bytes) => Some(Content { hash: Sha256::digest(&bytes).into(), bytes }),
        Err(error) => {
            errors.push(FieldProblem::at(field, "invalid", error.to_string()));
            None
        }
    }
}
