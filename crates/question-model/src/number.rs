//! Reads a number as a person writes it.

/// The number that `text` says, read strictly but kindly; `None` when it isn't one.
///
/// Taken: white space around it; `+`, `-`, the Unicode minus, en dash and full-width forms; digits with one
/// decimal point; an exponent as `e5`, `E-5`, `×10^5`, `*10^5`, `x10^5` or `×10⁵`.
/// Not taken: anything else behind or between the digits, grouping, infinity, what overflows.
///
/// A comma is refused unless `decimal_comma` is set, because `1,234` means one thing in one country and a
/// thousand times that in another; with `decimal_comma`, comma and point both are the decimal sign.
pub fn parse_number(text: &str, decimal_comma: bool) -> Option<f64> {
    let plain: String = text.trim().chars().map(plain_form).collect();
    let plain = plain.trim();
    let (mantissa, exponent) = split_exponent(plain)?;
    let mut number = String::with_capacity(plain.len());
    let unsigned = match mantissa.strip_prefix(['+', '-']) {
        Some(rest) => {
            if mantissa.starts_with('-') {
                number.push('-');
            }
            rest
        }
        None => mantissa,
    };
    let (mut digits, mut points) = (0, 0);
    for character in unsigned.chars() {
        match character {
            '0'..='9' => {
                digits += 1;
                number.push(character);
            }
            '.' => {
                points += 1;
                number.push('.');
            }
            ',' if decimal_comma => {
                points += 1;
                number.push('.');
            }
            _ => return None,
        }
    }
    if digits == 0 || points > 1 {
        return None;
    }
    if let Some(exponent) = exponent {
        number.push('e');
        number.push_str(&exponent);
    }
    number.parse::<f64>().ok().filter(|value| value.is_finite())
}

/// Full-width signs and digits, and the several minus signs, as ASCII.
fn plain_form(character: char) -> char {
    match character {
        '\u{2212}' | '\u{2013}' | '\u{fe63}' => '-',
        '\u{3000}' | '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        '\u{d7}' | '\u{2a2f}' | '\u{22c5}' | '\u{b7}' => '*',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        _ => character,
    }
}

/// Splits off the exponent, as ASCII digits with an optional minus; `None` when there is one that can't be read.
fn split_exponent(text: &str) -> Option<(&str, Option<String>)> {
    if let Some(at) = text.find(['e', 'E']) {
        return Some((&text[..at], Some(whole_number(&text[at + 1..])?)));
    }
    let Some(at) = text.find(['*', 'x', 'X']) else { return Some((text, None)) };
    let power = text[at + 1..].trim_start().strip_prefix("10")?;
    let exponent = match power.strip_prefix('^') {
        Some(plain) => whole_number(plain)?,
        None => whole_number(&power.chars().map(lowered).collect::<Option<String>>()?)?,
    };
    Some((text[..at].trim_end(), Some(exponent)))
}

/// A superscript as a plain character.
const fn lowered(character: char) -> Option<char> {
    Some(match character {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴' => '4',
        '⁵' => '5',
        '⁶' => '6',
        '⁷' => '7',
        '⁸' => '8',
        '⁹' => '9',
        '⁺' => '+',
        '⁻' => '-',
        _ => return None,
    })
}

fn whole_number(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| format!("{sign}{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_write_it() {
        for (text, value) in [
            ("3", 3.0),
            (" 2.75 ", 2.75),
            (".5", 0.5),
            ("5.", 5.0),
            ("+7", 7.0),
            ("\u{2212}2", -2.0),
            ("\u{2013}2", -2.0),
            ("－２．５", -2.5),
            ("１２３", 123.0),
            ("1e3", 1000.0),
            ("1.5E-3", 0.0015),
            ("1.5×10^3", 1500.0),
            ("1.5 × 10³", 1500.0),
            ("2*10^-2", 0.02),
            ("6x10⁻²", 0.06),
            ("0", 0.0),
        ] {
            assert_eq!(parse_number(text, false), Some(value), "{text}");
        }
    }

    #[test]
    fn what_is_not_clearly_a_number_is_refused() {
        for text in [
            "", " ", "-", ".", "abc", "3a", "1 000", "1,5", "1,234", "1.2.3", "--1", "1e", "1e1.5", "1e999",
            "inf", "NaN", "0x10", "5²", "10²", "1×5", "½", "1e5e5",
        ] {
            assert_eq!(parse_number(text, false), None, "{text}");
        }
    }

    #[test]
    fn a_comma_is_the_decimal_sign_only_where_the_key_says_so() {
        assert_eq!(parse_number("1,5", true), Some(1.5));
        assert_eq!(parse_number("１，５", true), Some(1.5));
        assert_eq!(parse_number("1.5", true), Some(1.5));
        assert_eq!(parse_number("1,234,5", true), None);
        assert_eq!(parse_number("1.234,5", true), None);
    }
}
