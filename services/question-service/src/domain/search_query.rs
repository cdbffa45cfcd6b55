//! What a person searches for, as a query of either database.

use super::{
    limits::SEARCH_TERMS_MAX,
    words::{Token, pairs, tokens},
};

/// One thing that must be there.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Term {
    /// This word.
    Word(String),
    /// A word that begins so.
    Beginning(String),
    /// These words, one right behind the other.
    Row(Vec<String>),
}

/// A search text, parted. All its terms must be there; the last word may be the beginning of one, so that a search
/// finds while it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchQuery(Vec<Term>);

/// Letters that the beginning of a word needs: shorter ones would fetch half the index.
const BEGINNING_CHARS_MIN: usize = 3;

impl SearchQuery {
    /// Parts a search text; none when there is no word in it.
    pub fn parse(text: &str) -> Option<Self> {
        let mut tokens = tokens(text);
        tokens.truncate(SEARCH_TERMS_MAX);
        // A separator behind the last word says that it is finished.
        let open = text.chars().last().is_some_and(char::is_alphanumeric);
        let last = tokens.len().checked_sub(1)?;
        let terms = tokens.into_iter().enumerate().map(|(place, token)| match token {
            Token::Word(word) if open && place == last && word.chars().count() >= BEGINNING_CHARS_MIN => {
                Term::Beginning(word)
            }
            Token::Word(word) => Term::Word(word),
            Token::Run(run) => {
                let mut row: Vec<String> = pairs(&run).collect();
                match row.len() {
                    0 => Term::Beginning(run.into_iter().collect()),
                    1 => Term::Word(row.remove(0)),
                    _ => Term::Row(row),
                }
            }
        });
        Some(Self(terms.collect()))
    }

    /// As an FTS5 query (<https://www.sqlite.org/fts5.html#full_text_query_syntax>). Words hold letters and digits
    /// alone, so that quotes need no escape.
    pub fn fts5(&self) -> String {
        let terms = self.0.iter().map(|term| match term {
            Term::Word(word) => format!("\"{word}\""),
            Term::Beginning(word) => format!("\"{word}\" *"),
            Term::Row(words) => format!("\"{}\"", words.join(" ")),
        });
        terms.collect::<Vec<_>>().join(" AND ")
    }

    /// As a `tsquery`.
    pub fn tsquery(&self) -> String {
        let terms = self.0.iter().map(|term| match term {
            Term::Word(word) => format!("'{word}'"),
            Term::Beginning(word) => format!("'{word}':*"),
            Term::Row(words) => {
                let row = words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" <-> ");
                format!("({row})")
            }
        });
        terms.collect::<Vec<_>>().join(" & ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(text: &str) -> (String, String) {
        let query = SearchQuery::parse(text).expect("a query");
        (query.fts5(), query.tsquery())
    }

    #[test]
    fn all_words_must_be_there_and_the_last_may_be_a_beginning() {
        assert_eq!(
            both("Planet Sol"),
            (r#""planet" AND "sol" *"#.to_owned(), "'planet' & 'sol':*".to_owned())
        );
        assert_eq!(both("Planet Sol ").0, r#""planet" AND "sol""#);
        assert_eq!(both("in a").0, r#""in" AND "a""#);
    }

    #[test]
    fn two_chinese_characters_are_one_word_more_are_a_row_and_one_is_a_beginning() {
        assert_eq!(both("北京"), (r#""北京""#.to_owned(), "'北京'".to_owned()));
        assert_eq!(both("北京市").1, "('北京' <-> '京市')");
        assert_eq!(both("北京市").0, r#""北京 京市""#);
        assert_eq!(both("京").0, r#""京" *"#);
    }

    #[test]
    fn operators_are_text() {
        assert_eq!(both(r#"a" OR (b* NEAR -c:d)"#).0, r#""a" AND "or" AND "b" AND "near" AND "c" AND "d""#);
        assert_eq!(both("it's & !no | <->'':*").1, "'it' & 's' & 'no'");
        assert_eq!(SearchQuery::parse(" …\"'* "), None);
        assert_eq!(SearchQuery::parse(""), None);
    }

    #[test]
    fn terms_are_bounded() {
        let text = "word ".repeat(1_000);
        assert_eq!(SearchQuery::parse(&text).expect("a query").0.len(), SEARCH_TERMS_MAX);
    }
}
