//! Folds text, so that one person is one person however their name or number is typed.

use unicode_normalization::UnicodeNormalization as _;

/// Full-width to half-width, lower case, no white space around: `ＡＢＣ ` and `abc` are the same.
pub fn fold(text: &str) -> String {
    text.trim().nfkc().flat_map(char::to_lowercase).nfkc().collect()
}

/// Half width, as numbers and user names are kept and printed: `２０２６` becomes `2026`.
pub fn half_width(text: &str) -> String {
    text.trim().nfkc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_typed_in_full_width_is_the_same_number() {
        assert_eq!(fold(" ２０２６Ａ０１ "), fold("2026a01"));
        assert_eq!(half_width(" ２０２６Ａ０１ "), "2026A01");
        assert_eq!(fold("Straße"), "straße");
    }
}
