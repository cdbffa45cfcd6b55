//! `[id:…]` and `[tag:…]` in the comments before a question.

use foundation::FieldProblem;
use unicode_normalization::UnicodeNormalization as _;

use super::chunks::Chunk;
use crate::{IDNUMBER_CHARS_MAX, TAG_CHARS_MAX, TAGS_MAX};

/// What the comments before a question say about it.
#[derive(Default)]
pub(super) struct Labels {
    pub(super) idnumber: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) warnings: Vec<FieldProblem>,
}

/// Reads the comments before a question. The first id counts; tags are kept without repetition.
pub(super) fn labels(chunk: &Chunk) -> Labels {
    let mut labels = Labels::default();
    let line = chunk.line();
    for (kind, value) in chunk.comments.iter().flat_map(|comment| marks(comment)) {
        let chars = value.chars().count();
        match kind {
            Mark::Id if chars > IDNUMBER_CHARS_MAX => labels.warnings.push(FieldProblem::on_line(
                line,
                "import.id_too_long",
                format!("The id is left out: it has more than {IDNUMBER_CHARS_MAX} characters."),
            )),
            Mark::Id => labels.idnumber = labels.idnumber.or(Some(value)),
            Mark::Tag if labels.tags.contains(&value) => {}
            Mark::Tag if chars > TAG_CHARS_MAX || labels.tags.len() >= TAGS_MAX => {
                labels.warnings.push(FieldProblem::on_line(
                    line,
                    "import.tag_left_out",
                    format!("A tag is left out: at most {TAGS_MAX} of {TAG_CHARS_MAX} characters each."),
                ));
            }
            Mark::Tag => labels.tags.push(value),
        }
    }
    labels
}

/// `[id:…]` and `[tag:…]` as a comment line; nothing when there are none.
pub(super) fn written(idnumber: Option<&str>, tags: &[String]) -> String {
    let escaped = |text: &str| {
        // A space keeps a last backslash from escaping the bracket; it is trimmed when read.
        let space = if text.ends_with('\\') { " " } else { "" };
        text.replace(']', "\\]") + space
    };
    let id = idnumber.map(|id| format!("[id:{}]", escaped(id)));
    let marks: Vec<String> =
        id.into_iter().chain(tags.iter().map(|tag| format!("[tag:{}]", escaped(tag)))).collect();
    if marks.is_empty() { String::new() } else { format!("// {}\n", marks.join(" ")) }
}

enum Mark {
    Id,
    Tag,
}

fn marks(comment: &str) -> Vec<(Mark, String)> {
    let mut marks = Vec::new();
    let mut rest = comment;
    while let Some(at) = rest.find('[') {
        rest = &rest[at + 1..];
        let (mark, behind) = if let Some(behind) = rest.strip_prefix("id:") {
            (Mark::Id, behind)
        } else if let Some(behind) = rest.strip_prefix("tag:") {
            (Mark::Tag, behind)
        } else {
            continue;
        };
        let Some((value, behind)) = bracketed(behind) else { continue };
        rest = behind;
        if !value.is_empty() {
            marks.push((mark, value));
        }
    }
    marks
}

/// The text before the closing bracket, where `\]` is a bracket of the text, and what follows.
fn bracketed(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        match character {
            ']' => return Some((value.trim().nfc().collect(), &text[at + 1..])),
            '\\' if characters.next_if(|(_, next)| *next == ']').is_some() => value.push(']'),
            _ if character.is_control() => return None,
            _ => value.push(character),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(comment: &str) -> (Option<String>, Vec<String>) {
        let mut chunk = Chunk::default();
        chunk.comments.push(comment.to_owned());
        let labels = labels(&chunk);
        (labels.idnumber, labels.tags)
    }

    #[test]
    fn ids_and_tags_stand_in_brackets_which_may_be_escaped() {
        assert_eq!(
            read(r"// question [id:a-1] [tag:algebra] text [tag: [x\] ] [tag:algebra][other:x]"),
            (Some("a-1".into()), vec!["algebra".into(), "[x]".into()])
        );
        assert_eq!(read("// [id:] [tag:open"), (None, vec![]));
    }

    #[test]
    fn labels_read_back_the_same() {
        let tags = vec!["[x]".to_owned(), "中文 标签".to_owned(), "\\]\\".to_owned()];
        assert_eq!(read(written(Some("q]1"), &tags).trim()), (Some("q]1".into()), tags));
    }
}
