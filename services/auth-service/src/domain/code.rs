//! One-time codes that people type: admission codes and activation codes.
//!
//! Thirteen random characters of an alphabet of 31 (64 bits) and a check character, in groups: `K7QFX-9MWAB-3HTR`. The
//! alphabet has neither 0 and O nor 1, I and L. 31 is prime, so the check, a weighted sum modulo 31 with weights 1 to
//! 13 (and so −1 for the check itself), catches every single wrong character and every two that were swapped.

use std::fmt;

use foundation::Random;

use super::fold::fold;

/// The characters of a code; the position is the value.
const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/// Random characters of a code.
const RANDOM_CHARACTERS: usize = 13;
/// All characters of a code.
const CHARACTERS: usize = RANDOM_CHARACTERS + 1;
/// Characters of a group; the last group is shorter.
const GROUP_CHARACTERS: usize = 5;

/// A one-time code, in its plain form: upper case, without hyphens.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

/// A text that can't be one of our codes, whatever codes there are: a typing mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistyped {
    /// It has too few or too many characters.
    #[error("a code has {CHARACTERS} letters and digits")]
    Length,
    /// It holds a character that no code has.
    #[error("a code has no 0, 1, I, L or O, and nothing but letters and digits")]
    Character,
    /// A character is wrong, or two are swapped.
    #[error("a character is wrong, or two are swapped")]
    Check,
}

impl Code {
    /// A new code.
    pub fn new(random: &dyn Random) -> Self {
        let values: Vec<usize> =
            (0..RANDOM_CHARACTERS).map(|_| random.below(ALPHABET.len() as u64) as usize).collect();
        let mut text: String = values.iter().map(|&value| char::from(ALPHABET[value])).collect();
        text.push(char::from(ALPHABET[check(&values)]));
        Self(text)
    }

    /// Reads a code as a person types it: any case, full or half width, with or without hyphens and spaces.
    ///
    /// # Errors
    /// When it can't be a code, whatever codes there are.
    pub fn parse(typed: &str) -> Result<Self, Mistyped> {
        // Longer than any spacing of a code: don't fold a megabyte to find that out.
        if typed.len() > 16 * CHARACTERS {
            return Err(Mistyped::Length);
        }
        let mut text = String::with_capacity(CHARACTERS);
        let mut values = Vec::with_capacity(CHARACTERS);
        for character in fold(typed).chars().filter(|c| !c.is_whitespace() && !is_hyphen(*c)) {
            let upper = character.to_ascii_uppercase();
            let value =
                ALPHABET.iter().position(|&known| char::from(known) == upper).ok_or(Mistyped::Character)?;
            text.push(upper);
            values.push(value);
        }
        if values.len() != CHARACTERS {
            return Err(Mistyped::Length);
        }
        if values.last() != Some(&check(&values[..RANDOM_CHARACTERS])) {
            return Err(Mistyped::Check);
        }
        Ok(Self(text))
    }

    /// The code without hyphens.
    pub fn plain(&self) -> &str {
        &self.0
    }
}

fn check(values: &[usize]) -> usize {
    values.iter().enumerate().map(|(index, value)| (index + 1) * value).sum::<usize>() % ALPHABET.len()
}

const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// As printed: in groups.
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, character) in self.0.chars().enumerate() {
            if index > 0 && index % GROUP_CHARACTERS == 0 {
                f.write_str("-")?;
            }
            write!(f, "{character}")?;
        }
        Ok(())
    }
}

/// A code is a secret.
impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

#[cfg(test)]
mod tests {
    use foundation::SeededRandom;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_holds_at_least_sixty_bits() {
        assert!((ALPHABET.len() as f64).log2() * RANDOM_CHARACTERS as f64 >= 60.0);
    }

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        let code = Code::new(&SeededRandom::new(1));
        let printed = code.to_string();
        assert_eq!(printed.len(), 16);
        let wide: String = code.plain().chars().map(|c| char::from_u32(c as u32 + 0xfee0).unwrap()).collect();
        for typed in [printed.clone(), printed.to_lowercase(), printed.replace('-', " "), format!(" {wide} ")]
        {
            assert_eq!(Code::parse(&typed).unwrap(), code, "{typed}");
        }
    }

    #[test]
    fn what_can_not_be_a_code_is_told_from_an_unknown_one() {
        assert_eq!(Code::parse(""), Err(Mistyped::Length));
        assert_eq!(Code::parse(&"A".repeat(1_000_000)), Err(Mistyped::Length));
        assert_eq!(Code::parse("O0000-00000-0000"), Err(Mistyped::Character));
        assert_eq!(Code::parse("💥"), Err(Mistyped::Character));
    }

    proptest! {
        #[test]
        fn every_wrong_character_and_every_swap_is_noticed(seed: u64, at in 0..CHARACTERS, other in 0..31_usize, with in 0..CHARACTERS) {
            let code = Code::new(&SeededRandom::new(seed));
            let mut typed: Vec<u8> = code.plain().bytes().collect();
            typed[at] = ALPHABET[other];
            let typed = String::from_utf8(typed).unwrap();
            if typed != code.plain() {
                prop_assert_eq!(Code::parse(&typed), Err(Mistyped::Check));
            }
            let mut swapped: Vec<u8> = code.plain().bytes().collect();
            swapped.swap(at, with);
            let swapped = String::from_utf8(swapped).unwrap();
            if swapped != code.plain() {
                prop_assert_eq!(Code::parse(&swapped), Err(Mistyped::Check));
            }
        }
    }
}
