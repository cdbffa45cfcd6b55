//! What of a question can be found by search.

use question_model::{GapKind, Question, QuestionBody, RichText, TextFormat};

use super::{limits::INDEXED_WORDS_MAX, words::index_words};

/// The words that a question is found by, with spaces between them: its title, its number, its tags and what a
/// candidate reads. Nothing of the key.
pub fn document(title: &str, idnumber: Option<&str>, tags: &[String], question: &Question) -> String {
    let mut words = index_words(title);
    words.extend(idnumber.into_iter().flat_map(index_words));
    words.extend(tags.iter().flat_map(|tag| index_words(tag)));
    for text in question.texts() {
        if words.len() >= INDEXED_WORDS_MAX {
            break;
        }
        words.extend(index_words(&without_markup(text)));
    }
    if let QuestionBody::Cloze(body) = &question.body {
        for gap in &body.gaps {
            if let GapKind::Choice { options, .. } = &gap.input {
                words.extend(options.iter().flat_map(|option| index_words(&option.text)));
            }
        }
    }
    words.truncate(INDEXED_WORDS_MAX);
    words.join(" ")
}

/// Tags that stand inside a word rather than between two.
const INLINE_TAGS: [&str; 16] = [
    "a", "b", "code", "del", "em", "font", "i", "ins", "mark", "s", "small", "span", "strong", "sub", "sup",
    "u",
];
/// Characters of the longest tag that is taken for one.
const TAG_CHARS_MAX: usize = 2_000;

/// The text without tags, entities and the addresses of links. Made for search alone: what comes out isn't safe to show.
fn without_markup(text: &RichText) -> String {
    if text.format == TextFormat::Plain || !text.text.contains(['<', '&', ']']) {
        return text.text.clone();
    }
    let mut plain = String::with_capacity(text.text.len());
    let mut rest = text.text.as_str();
    while let Some(at) = rest.find(['<', '&', ']']) {
        plain.push_str(&rest[..at]);
        let (shown, behind) = match rest.as_bytes()[at] {
            b'<' => tag(&rest[at..]),
            b'&' => entity(&rest[at..]),
            _ => link(&rest[at..]),
        };
        plain.extend(shown);
        rest = behind;
    }
    plain.push_str(rest);
    plain
}

/// Steps over a tag; gives what stands for it, and what follows.
fn tag(text: &str) -> (Option<char>, &str) {
    let name = text[1..].trim_start_matches('/');
    let is_tag = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '!');
    let Some(end) = text.find('>').filter(|end| is_tag && *end <= TAG_CHARS_MAX) else {
        return (Some(' '), &text[1..]);
    };
    let name = name.split(|end: char| !end.is_ascii_alphanumeric()).next().unwrap_or_default();
    let inline = INLINE_TAGS.iter().any(|inline| name.eq_ignore_ascii_case(inline));
    ((!inline).then_some(' '), &text[end + 1..])
}

/// Steps over an entity such as `&amp;` or `&#233;`.
fn entity(text: &str) -> (Option<char>, &str) {
    const CHARS_MAX: usize = 10;
    let Some(end) = text.find(';').filter(|end| *end <= CHARS_MAX) else { return (Some(' '), &text[1..]) };
    let name = &text[1..end];
    let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok(),
        None => number.parse().ok(),
    });
    // The named ones are separators, but for a few; a browser knows two thousand more that no question needs found.
    (Some(number.and_then(char::from_u32).unwrap_or(' ')), &text[end + 1..])
}

/// Steps over the address of a Markdown link or picture: `](…)`.
fn link(text: &str) -> (Option<char>, &str) {
    let end = text.strip_prefix("](").and_then(|address| address.find(')'));
    (Some(' '), end.map_or(&text[1..], |end| &text[end + 3..]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn plain(format: TextFormat, text: &str) -> String {
        without_markup(&RichText::new(format, text)).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn markup_is_left_out_and_words_stay_whole() {
        assert_eq!(
            plain(TextFormat::Html, "H<sub>2</sub>O<br>and<p class='x'>CO<b>2</b></p>"),
            "H2O and CO2"
        );
        assert_eq!(plain(TextFormat::Moodle, "caf&#233; &lt;b&gt; A&B 1 < 2 > 0"), "café b A B 1 2 > 0");
        assert_eq!(
            plain(TextFormat::Markdown, "see [here](https://example.org/a) and ![cell](media:abc)"),
            "see [here and ![cell"
        );
        assert_eq!(plain(TextFormat::Plain, "<b> &amp;"), "<b> &amp;");
        assert_eq!(plain(TextFormat::Html, "a < b <unclosed &"), "a b unclosed");
    }

    #[test]
    fn a_question_is_found_by_all_that_a_candidate_reads() {
        let question: Question = serde_json::from_value(json!({
            "stem": {"text": "Which **planet**?"},
            "body": {"type": "single_choice", "options": [
                {"id": "a", "text": {"text": "火星"}}, {"id": "b", "text": {"text": "Venus"}},
            ]},
        }))
        .expect("a question");
        let words = document("Space", Some("Q-7"), &["太阳系".to_owned()], &question);
        assert_eq!(words, "space q 7 太阳 阳系 系 which planet 火星 星 venus");
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_it(text in "[<>&;#x0-9a-z\\]\\(\\)!/ é中]{0,40}") {
            for format in [TextFormat::Html, TextFormat::Markdown] {
                without_markup(&RichText::new(format, &text));
            }
        }
    }
}
