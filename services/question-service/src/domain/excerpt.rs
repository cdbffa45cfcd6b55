//! The beginning of a text, for lists.

use question_model::{Question, QuestionBody, RichText, TextFormat, render::plain_text};

use super::limits::EXCERPT_CHARS_MAX;

/// Enough of a question to recognise it by.
pub fn question_excerpt(question: &Question) -> String {
    match &question.body {
        QuestionBody::Cloze(body) if question.stem.is_blank() => excerpt(&body.text),
        _ => excerpt(&question.stem),
    }
}

/// The beginning of `text` in one line, without mark-up.
pub fn excerpt(text: &RichText) -> String {
    let plain = if is_plain(text) { text.text.clone() } else { plain_text(text) };
    let mut excerpt = String::new();
    let mut chars = 0;
    for word in plain.split_whitespace() {
        let space = usize::from(!excerpt.is_empty());
        let room = (EXCERPT_CHARS_MAX - 1).saturating_sub(chars + space);
        if word.chars().count() > room {
            excerpt.extend((space == 1 && room > 0).then_some(' '));
            excerpt.extend(word.chars().take(room));
            excerpt.push('…');
            return excerpt;
        }
        excerpt.extend((space == 1).then_some(' '));
        excerpt.push_str(word);
        chars += space + word.chars().count();
    }
    excerpt.retain(|character| !character.is_control());
    excerpt
}

/// Whether rendering would change nothing: then it is spared, which is most of the work of a large import.
fn is_plain(text: &RichText) -> bool {
    match text.format {
        TextFormat::Plain => true,
        TextFormat::Html | TextFormat::Moodle => !text.text.contains(['<', '&', '\\', '$']),
        TextFormat::Markdown => !text.text.contains(|character: char| {
            matches!(
                character,
                '<' | '&'
                    | '\\'
                    | '$'
                    | '*'
                    | '_'
                    | '`'
                    | '['
                    | ']'
                    | '#'
                    | '|'
                    | '~'
                    | '>'
                    | '+'
                    | '-'
                    | '='
            ) || character.is_ascii_digit()
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_and_a_short_one_is_whole() {
        assert_eq!(excerpt(&RichText::markdown("Which **planet**\n\nis *red*?")), "Which planet is red?");
        assert_eq!(excerpt(&RichText::new(TextFormat::Moodle, " One\n two ")), "One two");
        let long = excerpt(&RichText::plain("月".repeat(500)));
        assert_eq!((long.chars().count(), long.chars().last()), (EXCERPT_CHARS_MAX, Some('…')));
        let long = excerpt(&RichText::plain("word ".repeat(100)));
        assert!(long.chars().count() <= EXCERPT_CHARS_MAX && long.ends_with('…'), "{long}");
    }
}
