//! Folds text, so that one person is one person however their name or number is typed.

use unicode_normalization::UnicodeNormalization as _;

/// The most words of a search that are looked for.
pub const SEARCH_WORDS_MAX: usize = 6;

/// Full-width to half-width, lower case, no white space around: `ＡＢＣ ` and `abc` are the same.
pub fn fold(text: &str) -> String {
    text.trim().nfkc().flat_map(char::to_lowercase).nfkc().collect()
}

/// Half width, as numbers and user names are kept and printed: `２０２６` becomes `2026`.
pub fn half_width(text: &str) -> String {
    text.trim().nfkc().collect()
}

/// One line, with single spaces: a name from a spreadsheet cell may hold line breaks.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a search, each as a `LIKE` pattern (escape character `\`) for a folded text.
pub fn search_patterns(query: &str) -> Vec<String> {
    fold(query).split_whitespace().take(SEARCH_WORDS_MAX).map(like_pattern).collect()
}

fn like_pattern(word: &str) -> String {
    let mut pattern = String::from("%");
    for character in word.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_typed_in_full_width_is_the_same_number() {
        assert_eq!(fold(" ２０２６Ａ０１ "), fold("2026a01"));
        assert_eq!(fold("Straße"), "straße");
    }

    #[test]
    fn what_a_person_searches_for_is_text_and_no_pattern() {
        assert_eq!(search_patterns("50% Li_Wei"), ["%50\\%%", "%li\\_wei%"]);
        assert!(search_patterns("   ").is_empty());
    }
}
