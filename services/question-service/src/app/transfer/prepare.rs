//! Reads a file and makes of each question what the tables take. Slow and pure: runs beside the async threads, and before
//! any transaction begins.

use std::collections::BTreeSet;

use formats::{FileRefused, Format, ImportOptions, ImportedQuestion};
use foundation::{Points, Problem, Text};
use question_model::QuestionType;

use super::report::ReportEntry;
use crate::domain::{
    document::document,
    draft::{Content, Draft, QuestionTitle},
    excerpt::question_excerpt,
    limits::TAGS_PER_QUESTION_MAX,
    state::QuestionState,
    tag::{Tag, distinct_tags},
};

/// A file, read.
pub(super) struct ReadFile {
    /// What became of each question so far, in the file's order.
    pub entries: Vec<ReportEntry>,
    /// The questions that can be stored.
    pub items: Vec<Item>,
    /// Categories that the file names.
    pub categories: Vec<Vec<String>>,
}

/// A question that can be stored.
pub(super) struct Item {
    /// Its entry's place in the report, from 0.
    pub entry: usize,
    pub category: Vec<String>,
    pub tags: Vec<String>,
    pub idnumber: Option<String>,
    pub title: String,
    pub points: Points,
    pub question_type: QuestionType,
    pub excerpt: String,
    pub words: String,
    pub question: Content,
    pub key: Content,
    pub media: BTreeSet<String>,
    /// Nothing keeps it from being asked.
    pub ready: bool,
}

/// Reads `file`.
///
/// # Errors
/// 422 with the line when nothing of it can be read, 413 when it is too large.
pub(super) fn read_file(file: &[u8], format: Format, options: &ImportOptions) -> Result<ReadFile, Problem> {
    // Duplicates are found later, and count too: all or nothing is decided with them.
    let options = ImportOptions { all_or_nothing: false, ..*options };
    let import = format.importer().import(file, &options).map_err(|refused| file_refused(&refused))?;
    let mut entries: Vec<ReportEntry> = import.report.into_iter().map(ReportEntry::from).collect();
    let mut items = Vec::with_capacity(import.items.len());
    let mut entry = 0;
    for question in import.items {
        // Both are in the file's order.
        while entries.get(entry).is_some_and(|entry| entry.number < question.number) {
            entry += 1;
        }
        match item(entry, question) {
            Ok(item) => items.push(item),
            Err(problem) if entry < entries.len() => {
                let why = problem.errors.first().map(|error| error.message.clone());
                entries[entry].refuse(
                    super::ReportStatus::Refused,
                    "question.invalid",
                    why.unwrap_or_else(|| problem.detail.into_owned()),
                );
            }
            Err(problem) => return Err(problem),
        }
    }
    Ok(ReadFile { entries, items, categories: import.categories })
}

fn item(entry: usize, imported: ImportedQuestion) -> Result<Item, Problem> {
    let ImportedQuestion { title, category, tags, idnumber, question, key, points, .. } = imported;
    let title = QuestionTitle::new(&printable(&title.unwrap_or_default())).unwrap_or(QuestionTitle::empty());
    let tags: Vec<Tag> = tags.iter().filter_map(|tag| Tag::new(&printable(tag)).ok()).collect();
    let tags = distinct_tags(&tags[..tags.len().min(TAGS_PER_QUESTION_MAX)]).unwrap_or_default();
    let idnumber = idnumber.and_then(|id| Text::<1, 100>::new(&printable(&id)).ok()).map(Text::into_string);
    let draft = Draft { title, points, stimulus_id: None, state: QuestionState::Draft, question, key };
    let prepared = draft.prepare()?;
    let question = &prepared.draft.question;
    let title = prepared.draft.title.as_str();
    Ok(Item {
        entry,
        category,
        question_type: question.question_type(),
        excerpt: question_excerpt(question),
        words: document(title, idnumber.as_deref(), &tags, question),
        title: title.to_owned(),
        tags,
        idnumber,
        points,
        ready: prepared.findings.is_empty(),
        question: prepared.question,
        key: prepared.key,
        media: prepared.media,
    })
}

/// The text without control characters: a file may hold any.
fn printable(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).collect()
}

fn file_refused(refused: &FileRefused) -> Problem {
    let error = refused.to_field_problem();
    let detail = "Nothing was imported: the file can't be read; see `errors`.";
    match refused {
        FileRefused::TooLarge { .. } => {
            Problem::new(413, "question.import_too_large", detail).with_errors(vec![error])
        }
        _ => Problem::invalid("question.import_refused", detail, vec![error]),
    }
}
