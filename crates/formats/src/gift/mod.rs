//! GIFT, Moodle's text format: one question a paragraph, answers in braces.
//!
//! Source: <https://docs.moodle.org/en/GIFT_format>, and the behaviour of Moodle's own importer where the
//! documentation is silent. Where that importer would mend in silence, this one warns or refuses.

mod answers;
mod arrow;
mod category;
mod chunks;
mod escape;
mod export;
mod question;
mod rich;
mod tags;
mod weight;

use foundation::FieldProblem;
use question_model::{Key, Question, conceal, render::plain_text, validate};

use crate::{
    Entry, EntryStatus, FILE_BYTES_MAX, FileRefused, Import, ImportOptions, ImportedQuestion, Importer,
    QUESTIONS_MAX, encoding::decode,
};
use chunks::{Chunk, Piece, pieces};
pub use export::{Export, ExportedQuestion, export};
use question::Draft;

/// Reads GIFT.
#[derive(Clone, Copy, Debug, Default)]
pub struct Gift;

impl Importer for Gift {
    fn import(&self, file: &[u8], options: &ImportOptions) -> Result<Import, FileRefused> {
        if file.len() > FILE_BYTES_MAX {
            return Err(FileRefused::TooLarge { bytes: file.len() });
        }
        let text = decode(file, options.encoding)?;
        let mut import = Import::default();
        let mut category: Vec<String> = Vec::new();
        let mut left_open = false;
        for piece in pieces(&text) {
            match piece {
                Piece::Category(path) => {
                    if !import.categories.contains(&path) {
                        import.categories.push(path.clone());
                    }
                    category = path;
                }
                // The rest of a question that a blank line cut in two has been reported with its beginning.
                Piece::Question(chunk) if left_open && chunk.only_closes() => left_open = false,
                Piece::Question(chunk) => {
                    if import.report.len() >= QUESTIONS_MAX {
                        return Err(FileRefused::TooManyQuestions { line: chunk.line() });
                    }
                    left_open = chunk.left_open();
                    read(&chunk, &category, options, &mut import);
                }
            }
        }
        if import.report.is_empty() && import.categories.is_empty() {
            return Err(FileRefused::Empty);
        }
        Ok(if options.all_or_nothing { import.all_or_nothing() } else { import })
    }
}

/// Reads one question, and says in the report what became of it.
fn read(chunk: &Chunk, category: &[String], options: &ImportOptions, import: &mut Import) {
    let number = u32::try_from(import.report.len() + 1).unwrap_or(u32::MAX);
    let line = chunk.line();
    let mut draft = match question::parse(chunk, options) {
        Ok(draft) => draft,
        Err(reason) => {
            let title = beginning(&chunk.readable());
            let status = EntryStatus::Refused;
            let notes = vec![reason];
            import.report.push(Entry { number, line, title, question_type: None, status, notes });
            return;
        }
    };
    conceal(&mut draft.question, &mut draft.key);
    let title = draft.title.clone().unwrap_or_else(|| beginning(&plain_text(&draft.question.stem)));
    let question_type = Some(draft.question.question_type());
    let faults = faults(&draft.question, &draft.key, line);
    if !faults.is_empty() {
        let status = EntryStatus::Refused;
        import.report.push(Entry { number, line, title, question_type, status, notes: faults });
        return;
    }
    let Draft { title: name, tags, idnumber, question, key, points, warnings } = draft;
    let status = if warnings.is_empty() { EntryStatus::Imported } else { EntryStatus::ImportedWithWarning };
    import.report.push(Entry { number, line, title, question_type, status, notes: warnings });
    import.items.push(ImportedQuestion {
        number,
        line,
        title: name,
        category: category.to_vec(),
        tags,
        idnumber,
        question,
        key,
        points,
    });
}

/// What keeps a question that could be read from being used.
fn faults(question: &Question, key: &Key, line: u32) -> Vec<FieldProblem> {
    validate(question, key).into_iter().map(|problem| FieldProblem { line: Some(line), ..problem }).collect()
}

/// Enough of a text to recognise a question by.
fn beginning(text: &str) -> String {
    const CHARS: usize = 80;
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if one_line.chars().count() <= CHARS {
        return one_line;
    }
    one_line.chars().take(CHARS - 1).chain(std::iter::once('…')).collect()
}
