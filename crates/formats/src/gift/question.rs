//! One paragraph into a question and its key.

use foundation::{FieldProblem, Points};
use question_model::{Key, Question, QuestionBody, RichText, TextFormat};

use super::{
    answers::{self, Answers},
    chunks::Chunk,
    escape::show,
    rich::{feedback, rich},
    tags::labels,
};
use crate::{ImportOptions, TITLE_CHARS_MAX};

/// Stands where the answers stood when text follows them.
const BLANK: &str = "_____";

/// A question that could be read; whether it makes sense is checked afterwards.
pub(super) struct Draft {
    pub(super) title: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) idnumber: Option<String>,
    pub(super) question: Question,
    pub(super) key: Key,
    pub(super) points: Points,
    pub(super) warnings: Vec<FieldProblem>,
}

/// Reads one paragraph.
pub(super) fn parse(chunk: &Chunk, options: &ImportOptions) -> Result<Draft, FieldProblem> {
    let labels = labels(chunk);
    let mut warnings = labels.warnings;
    let (title, body) = split_title(chunk, &mut warnings);
    let parts = Parts::of(body, chunk)?;
    let stem = rich(&parts.stem, TextFormat::Moodle);
    let answers = match parts.answers {
        None => answers::description(),
        Some(text) => Answers::new(chunk, options, stem.format, &mut warnings).read(text)?,
    };
    let general = feedback(parts.general, stem.format);
    let question = Question { stem, body: answers.body };
    let key = Key { scheme: answers.scheme, general_feedback: general, explanation: None };
    let is_asked = !matches!(question.body, QuestionBody::Description(_));
    warn_of_losses(&question, &key, chunk, &mut warnings);
    Ok(Draft {
        title,
        tags: labels.tags,
        idnumber: labels.idnumber,
        question,
        key,
        points: if is_asked { Points::ONE } else { Points::ZERO },
        warnings,
    })
}

/// `::title::` and what follows. Without a second `::` there is no title.
fn split_title<'a>(chunk: &'a Chunk, warnings: &mut Vec<FieldProblem>) -> (Option<String>, &'a str) {
    let text = chunk.text.trim();
    let Some(rest) = text.strip_prefix("::") else { return (None, text) };
    let Some((title, body)) = rest.split_once("::") else {
        let message = "The title begins with :: and doesn't end with it: the question is taken without one.";
        warnings.push(FieldProblem::on_line(chunk.line(), "gift.title_open", message));
        return (None, rest.trim());
    };
    let title = show(title);
    let mut title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.chars().count() > TITLE_CHARS_MAX {
        title = title.chars().take(TITLE_CHARS_MAX).collect();
        let message = format!("The title is cut to {TITLE_CHARS_MAX} characters.");
        warnings.push(FieldProblem::on_line(chunk.line(), "import.title_cut", message));
    }
    (Some(title).filter(|title| !title.is_empty()), body.trim())
}

/// A question's text parted at its braces.
struct Parts<'a> {
    stem: String,
    /// What stands in the braces; nothing when there are none.
    answers: Option<&'a str>,
    /// Behind the last `####`.
    general: Option<&'a str>,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str, chunk: &Chunk) -> Result<Self, FieldProblem> {
        let (open, close) = match (text.find('{'), text.find('}')) {
            (None, None) => return Ok(Self { stem: text.to_owned(), answers: None, general: None }),
            (Some(open), Some(close)) if open < close => (open, close),
            (Some(open), None) => {
                return Err(FieldProblem::on_line(
                    chunk.line_of(&text[open..]),
                    "gift.brace_not_closed",
                    format!(
                        "The answers begin with {{ here and don't end with }} before the question ends on line {}. \
                         A blank line ends a question; a brace that is text is written \\{{.",
                        chunk.last_line()
                    ),
                ));
            }
            (_, Some(close)) => {
                return Err(FieldProblem::on_line(
                    chunk.line_of(&text[close..]),
                    "gift.brace_not_opened",
                    "There is a } here without a { before it. A brace that is text is written \\}.",
                ));
            }
        };
        let behind = &text[close + 1..];
        if let Some(second) = behind.find(['{', '}']) {
            return Err(FieldProblem::on_line(
                chunk.line_of(&behind[second..]),
                "gift.second_braces",
                "A question has one pair of braces. Braces that are text (in TeX, for example) are written \\{ \\}.",
            ));
        }
        let before = &text[..open];
        let blank = if behind.trim().is_empty() { "" } else { BLANK };
        let inner = text[open + 1..close].trim();
        let (answers, general) = match inner.rfind("####") {
            Some(at) => (inner[..at].trim(), Some(&inner[at + "####".len()..])),
            None => (inner, None),
        };
        Ok(Self { stem: format!("{before}{blank}{behind}"), answers: Some(answers), general })
    }
}

/// Says what will not be shown, or may have been meant otherwise.
fn warn_of_losses(question: &Question, key: &Key, chunk: &Chunk, warnings: &mut Vec<FieldProblem>) {
    let line = chunk.line();
    let texts = || question.texts().into_iter().chain(key.texts());
    if texts().any(has_image) {
        warnings.push(FieldProblem::on_line(
            line,
            "import.image_left_out",
            "An image is not in the file. Add it to the question by hand.",
        ));
    }
    if texts().any(|text| text.text.contains('\u{fffd}')) {
        warnings.push(FieldProblem::on_line(
            line,
            "import.damaged_text",
            "The text holds \u{fffd}: it was damaged before it came here. Check it against the original.",
        ));
    }
    let plain = question.stem.text.contains(['｛', '｝']);
    if plain && matches!(question.body, QuestionBody::Description(_)) {
        warnings.push(FieldProblem::on_line(
            line,
            "gift.full_width",
            "Full-width ｛ and ｝ are text, so this question has no answers. Write { and } if answers are meant.",
        ));
    }
}

fn has_image(text: &RichText) -> bool {
    let has_tag = text.format != TextFormat::Plain && text.text.to_ascii_lowercase().contains("<img");
    has_tag
        || text.text.contains("@@PLUGINFILE@@")
        || text.format == TextFormat::Markdown && text.text.contains("![")
}
