//! Folds text, so that one person is one person however their name or number is typed.

pub use people_file::{fold, half_width};

/// The most words of a search that are looked for.
pub const SEARCH_WORDS_MAX: usize = 6;

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
    fn what_a_person_searches_for_is_text_and_no_pattern() {
        assert_eq!(search_patterns("50% Li_Wei"), ["%50\\%%", "%li\\_wei%"]);
        assert!(search_patterns("   ").is_empty());
    }
}
