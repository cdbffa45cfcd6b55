//! What a password must be: long, not the person's own name, and none of those that everybody tries first.
//!
//! The rules follow NIST SP 800-63B (length, a list of common ones, no rules on character classes). Instead of a list
//! of millions there is a short list of words and a reading of what people do with them: `P@ssw0rd2026!` is `password`.

use std::{borrow::Cow, collections::HashSet, fmt, sync::LazyLock};

use foundation::FieldProblem;
use serde::{Deserialize, Deserializer, de};
use unicode_normalization::UnicodeNormalization as _;
use utoipa::openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, Type};

use super::fold::fold;

/// The shortest password, in characters.
pub const PASSWORD_CHARACTERS_MIN: usize = 10;
/// The longest password, in characters.
pub const PASSWORD_CHARACTERS_MAX: usize = 128;
/// The longest text that is looked at as a password, in bytes.
const PASSWORD_BYTES_MAX: usize = 1_024;
/// A password has at least so many different characters.
const DIFFERENT_CHARACTERS_MIN: usize = 5;
/// A password of digits alone is at least so long: telephone numbers and birthdays are shorter.
const DIGITS_ALONE_MIN: usize = 16;
/// Characters that must be left when sequences and keyboard walks are taken away.
const BESIDE_WALKS_MIN: usize = 5;
/// The shortest run that counts as a walk.
const WALK_MIN: usize = 3;
/// Common words in a row that still make a common password.
const COMMON_WORDS_MAX: usize = 2;
/// Digits and signs around common words that still make a common password: a date, or a year and a few marks.
const DECORATION_MAX: usize = 8;
/// The shortest name that a password must not contain.
const NAME_CHARACTERS_MIN: usize = 3;

static COMMON_WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("common_words.txt").lines().filter(|word| !word.is_empty()).collect());

/// Rows and columns of keyboards, the digits and the alphabet: what a finger or a child runs along.
const LINES: [&str; 16] = [
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "azertyuiop",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "qazwsxedcrfvtgbyhnujm",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "!@#$%^&*()",
    "147258369",
    "789456123",
    "a1b2c3d4e5f6g7h8i9",
    "1a2b3c4d5e6f7g8h9i",
];

/// A password as a person typed it, in Unicode NFC: the same keys on another system give the same bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Takes what a person typed.
    pub fn new(typed: &str) -> Self {
        Self(typed.nfc().collect())
    }

    /// The bytes to hash.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// What is wrong with it as the new password of a person with these names; nothing is wrong when empty.
    pub fn faults(&self, names: &[&str]) -> Vec<Fault> {
        let characters = self.0.chars().count();
        if characters < PASSWORD_CHARACTERS_MIN {
            return vec![Fault::TooShort];
        }
        if characters > PASSWORD_CHARACTERS_MAX {
            return vec![Fault::TooLong];
        }
        let folded = fold(&self.0);
        let mut faults = Vec::new();
        if names
            .iter()
            .map(|name| fold(name))
            .any(|name| name.chars().count() >= NAME_CHARACTERS_MIN && folded.contains(&name))
        {
            faults.push(Fault::HoldsName);
        }
        if is_simple(&folded) {
            faults.push(Fault::TooSimple);
        } else if is_common(&folded) {
            faults.push(Fault::TooCommon);
        }
        faults
    }
}

/// A password is a secret.
impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

impl<'de> Deserialize<'de> for Password {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let typed = String::deserialize(deserializer)?;
        if typed.len() > PASSWORD_BYTES_MAX {
            return Err(de::Error::custom(format!("must have at most {PASSWORD_CHARACTERS_MAX} characters")));
        }
        Ok(Self::new(&typed))
    }
}
impl utoipa::PartialSchema for Password {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Password)))
            .max_length(Some(PASSWORD_BYTES_MAX))
            .into()
    }
}
impl utoipa::ToSchema for Password {
    fn name() -> Cow<'static, str> {
        "Password".into()
    }
}

/// What is wrong with a new password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Fewer than [`PASSWORD_CHARACTERS_MIN`] characters.
    TooShort,
    /// More than [`PASSWORD_CHARACTERS_MAX`] characters.
    TooLong,
    /// It contains the person's user name or number.
    HoldsName,
    /// A common word with a few digits or signs around it.
    TooCommon,
    /// A sequence, a repetition or a walk over the keyboard.
    TooSimple,
}

impl Fault {
    /// Tells the person, beside the field that held the password.
    pub fn at(self, field: &'static str) -> FieldProblem {
        let (code, message) = match self {
            Self::TooShort => ("too_short", format!("Use at least {PASSWORD_CHARACTERS_MIN} characters.")),
            Self::TooLong => ("too_long", format!("Use at most {PASSWORD_CHARACTERS_MAX} characters.")),
            Self::HoldsName => ("holds_name", "Leave your user name and number out of it.".to_owned()),
            Self::TooCommon => (
                "too_common",
                "Many people use this one. Take a few words that don't belong together.".to_owned(),
            ),
            Self::TooSimple => (
                "too_simple",
                "Sequences and repetitions are guessed first. Take a few words instead.".to_owned(),
            ),
        };
        FieldProblem::at(field, code, message)
    }
}

fn is_simple(folded: &str) -> bool {
    let characters: Vec<char> = folded.chars().filter(|c| !c.is_whitespace()).collect();
    let different = characters.iter().collect::<HashSet<_>>().len();
    let digits_alone = characters.iter().all(char::is_ascii_digit) && characters.len() < DIGITS_ALONE_MIN;
    different < DIFFERENT_CHARACTERS_MIN
        || digits_alone
        || characters_beside_walks(&characters) < BESIDE_WALKS_MIN
}

/// How many characters are left when every run along one of [`LINES`], forwards or backwards, and every repetition is
/// taken away.
fn characters_beside_walks(characters: &[char]) -> usize {
    let mut left = 0;
    let mut from = 0;
    while from < characters.len() {
        let walk = LINES
            .iter()
            .flat_map(|line| [line.chars().collect::<Vec<_>>(), line.chars().rev().collect()])
            .map(|line| walk_along(&characters[from..], &line))
            .chain([characters[from..].iter().take_while(|&&c| c == characters[from]).count()])
            .max()
            .unwrap_or(0);
        if walk >= WALK_MIN {
            from += walk;
        } else {
            left += 1;
            from += 1;
        }
    }
    left
}

/// How many characters from the start follow one another on `line`.
fn walk_along(characters: &[char], line: &[char]) -> usize {
    let Some(first) = characters.first() else { return 0 };
    line.iter()
        .enumerate()
        .filter(|(_, c)| *c == first)
        .map(|(at, _)| characters.iter().zip(&line[at..]).take_while(|(a, b)| a == b).count())
        .max()
        .unwrap_or(0)
}

fn is_common(folded: &str) -> bool {
    let characters: Vec<char> = folded.chars().filter(|c| !c.is_whitespace()).collect();
    // Read it both ways: `dragon2026` has digits around a word, `p4ssw0rd` has letters that look like digits.
    let trimmed: String =
        folded.trim_matches(|c: char| !c.is_alphabetic()).chars().filter(|c| !c.is_whitespace()).collect();
    [trimmed.clone(), as_letters(&trimmed), as_letters(folded)].into_iter().any(|reading| {
        let letters: Vec<char> = reading.chars().filter(|c| c.is_alphabetic()).collect();
        let decoration = characters.len().saturating_sub(letters.len());
        decoration <= DECORATION_MAX && is_made_of_common_words(&letters, COMMON_WORDS_MAX)
    }) || smallest_block(&characters).is_some_and(|block| block < PASSWORD_CHARACTERS_MIN)
}

/// Undoes the usual replacements.
fn as_letters(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '0' => 'o',
            '1' | '!' => 'i',
            '3' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            '7' => 't',
            '8' => 'b',
            '9' => 'g',
            other => other,
        })
        .collect()
}

fn is_made_of_common_words(letters: &[char], words_max: usize) -> bool {
    if letters.is_empty() {
        return false;
    }
    let text: String = letters.iter().collect();
    if COMMON_WORDS.contains(text.as_str()) {
        return true;
    }
    words_max > 1
        && (1..letters.len()).any(|at| {
            let first: String = letters[..at].iter().collect();
            COMMON_WORDS.contains(first.as_str()) && is_made_of_common_words(&letters[at..], words_max - 1)
        })
}

/// The length of the block that the whole text repeats, if it repeats one.
fn smallest_block(characters: &[char]) -> Option<usize> {
    (1..=characters.len() / 2).find(|&block| {
        characters.len().is_multiple_of(block)
            && characters.chunks(block).all(|chunk| chunk == &characters[..block])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(password: &str) -> Vec<Fault> {
        Password::new(password).faults(&["wei.li", "20260001"])
    }

    #[test]
    fn a_password_that_everybody_tries_first_is_refused() {
        for password in [
            "password2026!",
            "P@ssw0rd2026!",
            "Passw0rd123",
            "iloveyou2025",
            "welcome-2026",
            "examsystem1",
            "dragondragon",
            "SuperSecret99",
            "woaini1314520",
            "qwertypassword",
            "sunshine!!!!",
            "hello world",
            "teacher12345",
            "k7k7k7k7k7k7",
            "wuwuwuwuwu12",
        ] {
            let found = faults(password);
            assert!(
                found.contains(&Fault::TooCommon) || found.contains(&Fault::TooSimple),
                "{password} passed: {found:?}"
            );
        }
    }

    #[test]
    fn sequences_repetitions_and_keyboard_walks_are_refused() {
        for password in [
            "1234567890",
            "0987654321",
            "aaaaaaaaaa",
            "abcdefghij",
            "qwertyuiop",
            "1qaz2wsx3edc",
            "asdfghjkl;",
            "zxcvbnm123",
            "13812345678",
            "19990101123",
            "!@#$%^&*()",
            "abcabcabcabc",
            "1q2w3e4r5t6y",
            "112233445566",
            "poiuytrewq",
        ] {
            let found = faults(password);
            assert!(!found.is_empty(), "{password} passed");
        }
    }

    #[test]
    fn a_password_with_the_persons_own_name_or_number_is_refused() {
        assert_eq!(faults("Wei.Li and his bicycle"), [Fault::HoldsName]);
        assert_eq!(faults("tram-20260001-violet"), [Fault::HoldsName]);
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(faults("Xk9!vB2#q"), [Fault::TooShort]);
        assert_eq!(faults("汽车在雨中慢慢地走"), [Fault::TooShort]);
        assert_eq!(faults("汽车在雨中慢慢地走着"), []);
        assert_eq!(faults(&"correct tram ".repeat(10)), [Fault::TooLong]);
    }

    #[test]
    fn an_honest_password_is_taken() {
        for password in [
            "violet tram over kettle",
            "Xk9!vB2#qLm4",
            "maple-kettle-47-violet",
            "grubby7Oboe:plinth",
            "correct horse battery staple",
            "今天的雨下得很大而且冷",
            "4918273650471829",
        ] {
            assert_eq!(faults(password), [], "{password}");
        }
    }

    #[test]
    fn a_password_never_shows_in_a_log() {
        assert_eq!(format!("{:?}", Password::new("violet tram")), "Password(…)");
    }
}
