//! Parts text into the words that search goes by: lower-cased words, and pairs of neighbouring Chinese characters.
//!
//! A run of Chinese, Japanese or Korean characters is indexed as its pairs and its last character: `首都机场` as
//! `首都`, `都机`, `机场`, `场`. So a search for two characters is one lookup, a longer one is a row of pairs, and one
//! character is the beginning of a pair or the end of a run.

use unicode_normalization::{UnicodeNormalization as _, is_nfkc_quick};

use super::limits::WORD_CHARS_MAX;

/// A piece of text between separators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// A word of a script that writes spaces.
    Word(String),
    /// Neighbouring characters of a script that doesn't.
    Run(Vec<char>),
}

/// Parts `text`, with case, width and accents folded.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut word, mut run) = (String::new(), Vec::new());
    let mut length = 0;
    for character in fold(text).chars() {
        let in_run = is_unspaced(character) && character.is_alphanumeric();
        if !in_run && !run.is_empty() {
            tokens.push(Token::Run(std::mem::take(&mut run)));
        }
        if (in_run || !character.is_alphanumeric()) && !word.is_empty() {
            tokens.push(Token::Word(std::mem::take(&mut word)));
            length = 0;
        }
        if in_run {
            run.push(character);
        } else if character.is_alphanumeric() && length < WORD_CHARS_MAX {
            word.push(character);
            length += 1;
        }
    }
    if !run.is_empty() {
        tokens.push(Token::Run(run));
    }
    if !word.is_empty() {
        tokens.push(Token::Word(word));
    }
    tokens
}

/// The words that `text` is found by, in order.
pub fn index_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for token in tokens(text) {
        match token {
            Token::Word(word) => words.push(word),
            Token::Run(run) => {
                words.extend(pairs(&run));
                words.extend(run.last().map(char::to_string));
            }
        }
    }
    words
}

/// Neighbours, as words.
pub fn pairs(run: &[char]) -> impl Iterator<Item = String> + '_ {
    run.windows(2).map(|pair| pair.iter().collect())
}

/// `text` without the differences that search doesn't make: case, width, accents of Latin letters.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    if is_nfkc_quick(text.chars()) == unicode_normalization::IsNormalized::Yes
        && !text.chars().any(may_have_accent)
    {
        return text.to_lowercase();
    }
    let plain: String = text.nfkd().filter(|character| !is_accent(*character)).nfc().collect();
    plain.to_lowercase()
}

/// Letters of Latin, Greek and Cyrillic with an accent lie below this; Chinese lies far above.
const fn may_have_accent(character: char) -> bool {
    matches!(character, '\u{c0}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}')
}

const fn is_accent(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

/// Whether the character belongs to a script that is written without spaces, or (Korean) searched as if it were.
const fn is_unspaced(character: char) -> bool {
    matches!(character,
        '\u{3005}' | '\u{3007}'
        | '\u{3040}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        index_words(text).join(" ")
    }

    #[test]
    fn english_is_parted_at_what_is_no_letter_and_lower_cased() {
        assert_eq!(words("Don't panic: it's H2O, at 3.5 °C!"), "don t panic it s h2o at 3 5 c");
        assert_eq!(words("naïve Zürich ＡＢＣ１ ﬁnal İstanbul"), "naive zurich abc1 final istanbul");
        assert_eq!(words("Ελλάδα Москва ёлка"), "ελλαδα москва елка");
    }

    #[test]
    fn chinese_is_parted_into_pairs_and_the_end_of_each_run() {
        assert_eq!(words("首都机场"), "首都 都机 机场 场");
        assert_eq!(words("中国，首都是北京。"), "中国 国 首都 都是 是北 北京 京");
        assert_eq!(words("用Rust写H2O的"), "用 rust 写 h2o 的");
        assert_eq!(words("ア・イ\u{3099}"), "ア イ");
        assert_eq!(words("サッカーは한국"), "サッ ッカ カー ーは は한 한국 국");
    }

    #[test]
    fn a_very_long_word_is_cut() {
        assert_eq!(words(&"x".repeat(500)).len(), WORD_CHARS_MAX);
        assert_eq!(words(""), "");
        assert_eq!(words("… — \u{0} ()"), "");
    }

    proptest::proptest! {
        #[test]
        fn every_word_is_letters_and_digits_alone(text in "\\PC{0,60}") {
            for word in index_words(&text) {
                assert!(!word.is_empty() && word.chars().all(char::is_alphanumeric), "{word:?}");
                assert!(word.chars().count() <= WORD_CHARS_MAX);
            }
        }
    }
}
