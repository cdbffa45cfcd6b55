//! Says what is wrong with a question and its key.

use std::collections::BTreeSet;

use foundation::FieldProblem;

use crate::{
    Fraction, Key, MarkScheme, PartId, Question, QuestionBody, RichText,
    limits::{FEEDBACK_CHARS_MAX, STEM_CHARS_MAX},
};

/// Everything that keeps `question` and `key` from being used in an exam; empty when they are fine.
/// Fields are named from the two roots `question` and `key`: `question.body.options[2].text`.
pub fn validate(question: &Question, key: &Key) -> Vec<FieldProblem> {
    let mut findings = Findings::new("");
    let has_text_of_its_own = matches!(question.body, QuestionBody::Cloze(_));
    if has_text_of_its_own {
        findings.at_most("question.stem.text", &question.stem.text, STEM_CHARS_MAX);
    } else {
        findings.text("question.stem.text", &question.stem.text, STEM_CHARS_MAX);
    }
    let body = "question.body";
    let scheme = "key.scheme";
    match (&question.body, &key.scheme) {
        (QuestionBody::SingleChoice(b), MarkScheme::SingleChoice(k)) => {
            b.validate(body, &mut findings);
            k.validate(b, scheme, &mut findings);
        }
        (QuestionBody::MultipleChoice(b), MarkScheme::MultipleChoice(k)) => {
            b.validate(body, &mut findings);
            k.validate(b, scheme, &mut findings);
        }
        (QuestionBody::TrueFalse(_), MarkScheme::TrueFalse(k)) => k.validate(scheme, &mut findings),
        (QuestionBody::ShortText(b), MarkScheme::ShortText(k)) => {
            b.validate(body, &mut findings);
            k.validate(scheme, &mut findings);
        }
        (QuestionBody::Numeric(b), MarkScheme::Numeric(k)) => {
            b.validate(body, &mut findings);
            k.validate(&b.units, scheme, &mut findings);
        }
        (QuestionBody::Cloze(b), MarkScheme::Cloze(k)) => {
            b.validate(body, &mut findings);
            k.validate(b, scheme, &mut findings);
        }
        (QuestionBody::Matching(b), MarkScheme::Matching(k)) => {
            b.validate(body, &mut findings);
            k.validate(b, scheme, &mut findings);
        }
        (QuestionBody::Ordering(b), MarkScheme::Ordering(k)) => {
            b.validate(body, &mut findings);
            k.validate(b, scheme, &mut findings);
        }
        (QuestionBody::Essay(b), MarkScheme::Essay(k)) => {
            b.validate(body, &mut findings);
            k.validate(scheme, &mut findings);
        }
        (QuestionBody::FileUpload(b), MarkScheme::FileUpload(k)) => {
            b.validate(body, &mut findings);
            k.validate(scheme, &mut findings);
        }
        (QuestionBody::Description(_), MarkScheme::Description(_)) => {}
        _ => findings.add(
            "key.scheme.type",
            "question.key_type",
            format!("The key must be of the question's type, {}.", question.question_type().as_str()),
        ),
    }
    findings.feedback("key.general_feedback.text", key.general_feedback.as_ref());
    findings.feedback("key.explanation.text", key.explanation.as_ref());
    findings.list
}

/// Collects problems under a root.
pub(crate) struct Findings {
    root: &'static str,
    list: Vec<FieldProblem>,
}

impl Findings {
    pub(crate) const fn new(root: &'static str) -> Self {
        Self { root, list: Vec::new() }
    }

    pub(crate) fn into_result(self) -> Result<(), Vec<FieldProblem>> {
        if self.list.is_empty() { Ok(()) } else { Err(self.list) }
    }

    pub(crate) fn add(&mut self, field: impl AsRef<str>, code: &str, message: impl Into<String>) {
        let field = field.as_ref();
        let path = if self.root.is_empty() { field.to_owned() } else { format!("{}.{field}", self.root) };
        self.list.push(FieldProblem::at(path, code, message));
    }

    /// A text that must be there and not be too long.
    pub(crate) fn text(&mut self, field: impl AsRef<str>, text: &str, chars_max: usize) {
        if text.trim().is_empty() {
            self.add(&field, "question.text_empty", "Write something here.");
        }
        self.at_most(field, text, chars_max);
    }

    pub(crate) fn at_most(&mut self, field: impl AsRef<str>, text: &str, chars_max: usize) {
        if text.len() > chars_max && text.chars().count() > chars_max {
            self.add(field, "question.text_too_long", format!("At most {chars_max} characters."));
        }
    }

    pub(crate) fn feedback(&mut self, field: impl AsRef<str>, text: Option<&RichText>) {
        if let Some(text) = text {
            self.at_most(field, &text.text, FEEDBACK_CHARS_MAX);
        }
    }

    pub(crate) fn count(&mut self, field: impl AsRef<str>, count: usize, min: usize, max: usize) {
        if count < min {
            self.add(&field, "question.too_few", format!("At least {min} needed; there are {count}."));
        }
        if count > max {
            self.add(field, "question.too_many", format!("At most {max} allowed; there are {count}."));
        }
    }

    pub(crate) fn number(&mut self, field: impl AsRef<str>, number: u64, min: u64, max: u64) {
        if number < min || number > max {
            self.add(field, "question.number_out_of_range", format!("Between {min} and {max}."));
        }
    }

    /// Ids must differ.
    pub(crate) fn distinct<'a>(&mut self, list: &str, ids: impl Iterator<Item = &'a PartId>) {
        let mut seen = BTreeSet::new();
        for (place, id) in ids.enumerate() {
            if !seen.insert(id) {
                self.add(
                    format!("{list}[{place}].id"),
                    "question.id_duplicate",
                    format!("The id {id} is used twice."),
                );
            }
        }
    }

    /// Texts must differ, or a candidate can't tell the parts apart.
    pub(crate) fn different<'a>(&mut self, list: &str, texts: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        for (place, text) in texts.enumerate() {
            let text = text.trim();
            if !text.is_empty() && !seen.insert(text) {
                self.add(
                    format!("{list}[{place}].text"),
                    "question.text_duplicate",
                    "The same text is there already.",
                );
            }
        }
    }

    /// A key may speak of parts that exist only.
    pub(crate) fn known<'a>(
        &mut self,
        field: &str,
        ids: impl Iterator<Item = &'a PartId>,
        known: &BTreeSet<&PartId>,
    ) {
        for id in ids {
            if !known.contains(id) {
                self.add(field, "question.id_unknown", format!("The question has no part {id}."));
            }
        }
    }

    pub(crate) fn fraction(&mut self, field: impl AsRef<str>, fraction: Fraction) {
        if !fraction.in_range() {
            self.add(field, "question.fraction_out_of_range", "Between -1 and 1 (-100 % and 100 %).");
        }
    }
}
