//! Which differences between two short texts don't matter, and patterns with `*`.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use utoipa::ToSchema;

/// Which differences between a candidate's text and an accepted one don't matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Folding {
    /// Whether `Paris` and `paris` differ.
    #[serde(default)]
    pub case_sensitive: bool,
    /// Whether full- and half-width forms are the same (Unicode NFKC): `ＡＢＣ１` and `ABC1`, `（` and `(`.
    /// Superscripts and subscripts stay what they are: `10²` is not `102`.
    #[serde(default = "yes")]
    pub fold_width: bool,
    /// Whether runs of white space are one space.
    #[serde(default = "yes")]
    pub fold_space: bool,
}

const fn yes() -> bool {
    true
}

impl Default for Folding {
    fn default() -> Self {
        Self { case_sensitive: false, fold_width: true, fold_space: true }
    }
}

impl Folding {
    /// `text` without the differences that don't matter, and without white space around it.
    pub fn fold(&self, text: &str) -> String {
        self.folded(text).trim().to_owned()
    }

    /// As [`Folding::fold`], but white space at the ends is kept: a piece of a pattern may begin with a space.
    fn folded(&self, text: &str) -> String {
        let mut widths = String::with_capacity(text.len());
        if self.fold_width {
            for character in text.chars() {
                if is_raised_or_lowered(character) {
                    widths.push(character);
                } else {
                    widths.extend(std::iter::once(character).nfkc());
                }
            }
        } else {
            widths.push_str(text);
        }
        let composed: String = widths.nfc().collect();
        let cased = if self.case_sensitive { composed } else { composed.to_lowercase() };
        if self.fold_space { one_space(&cased) } else { cased }
    }
}

/// Superscripts and subscripts, which NFKC would turn into plain digits.
const fn is_raised_or_lowered(character: char) -> bool {
    matches!(character, '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{2070}'..='\u{209f}')
}

fn one_space(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut after_space = false;
    for character in text.chars() {
        let space = character.is_whitespace();
        if !space {
            spaced.push(character);
        } else if !after_space {
            spaced.push(' ');
        }
        after_space = space;
    }
    spaced
}

/// Whether `text` is what `pattern` describes: `*` stands for any text, also none; `\*` for an asterisk.
pub fn matches_pattern(pattern: &str, text: &str, folding: &Folding) -> bool {
    let text = folding.fold(text);
    let mut pieces: Vec<String> = literal_pieces(pattern).iter().map(|piece| folding.folded(piece)).collect();
    if let Some(first) = pieces.first_mut() {
        *first = first.trim_start().to_owned();
    }
    if let Some(last) = pieces.last_mut() {
        *last = last.trim_end().to_owned();
    }
    match pieces.as_slice() {
        [] => text.is_empty(),
        [only] => text == *only,
        [first, middle @ .., last] => {
            let Some(mut rest) = text.strip_prefix(first.as_str()) else { return false };
            for piece in middle {
                let Some(at) = rest.find(piece.as_str()) else { return false };
                rest = &rest[at + piece.len()..];
            }
            rest.ends_with(last.as_str())
        }
    }
}

/// The texts between the asterisks; one piece when there is no asterisk.
fn literal_pieces(pattern: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '*' {
            pieces.push(String::new());
            continue;
        }
        let literal = match (character, characters.peek()) {
            ('\\', Some('*')) => characters.next().unwrap_or('*'),
            _ => character,
        };
        if let Some(piece) = pieces.last_mut() {
            piece.push(literal);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(pattern: &str, text: &str) -> bool {
        matches_pattern(pattern, text, &Folding::default())
    }

    #[test]
    fn width_case_and_space_do_not_matter_unless_the_key_says_so() {
        assert!(same("Beijing 2008", "  ｂｅｉｊｉｎｇ\u{3000}２００８ "));
        assert!(same("（北京）", "(北京)"));
        assert!(same("café", "cafe\u{301}"));
        let strict = Folding { case_sensitive: true, fold_width: false, fold_space: false };
        assert!(!matches_pattern("Beijing", "beijing", &strict));
        assert!(!matches_pattern("a b", "a  b", &strict));
        assert!(!matches_pattern("１", "1", &strict));
        assert!(matches_pattern("Beijing", " Beijing ", &strict));
    }

    #[test]
    fn a_raised_two_is_not_a_two() {
        assert!(!same("102", "10²"));
        assert!(same("10²", "１０²"));
    }

    #[test]
    fn an_asterisk_stands_for_any_text() {
        assert!(same("*", "anything"));
        assert!(same("*", ""));
        assert!(same("ran * race", "ran the long race"));
        assert!(same("a*a", "aa"));
        assert!(!same("a*a", "a"));
        assert!(same("*b*", "abc"));
        assert!(!same("*b*", "ac"));
        assert!(same(r"2 \* 3", "2 * 3"));
        assert!(!same(r"2 \* 3", "2 x 3"));
        assert!(same("", "  "));
    }
}
