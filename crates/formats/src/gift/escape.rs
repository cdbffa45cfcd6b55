//! Escaped characters: hidden before operators are looked for, shown again afterwards.

/// The characters that may be escaped, `\n` for a line break among them, and what hides each of them:
/// Unicode noncharacters, which are taken out of every file first.
const HIDDEN: [(char, char, char); 7] = [
    (':', ':', '\u{fdd0}'),
    ('#', '#', '\u{fdd1}'),
    ('=', '=', '\u{fdd2}'),
    ('{', '{', '\u{fdd3}'),
    ('}', '}', '\u{fdd4}'),
    ('~', '~', '\u{fdd5}'),
    ('n', '\n', '\u{fdd6}'),
];

/// `line` with its escaped characters hidden. `\\` is a backslash that escapes nothing; a backslash before any
/// other character stays what it is (`\frac`).
pub(super) fn hide(line: &str) -> String {
    let mut hidden = String::with_capacity(line.len());
    let mut characters = line.chars().filter(|character| is_text(*character)).peekable();
    while let Some(character) = characters.next() {
        if character != '\\' {
            hidden.push(character);
        } else if characters.next_if_eq(&'\\').is_some() {
            hidden.push('\\');
        } else {
            let escaped = HIDDEN.iter().find(|(written, ..)| characters.peek() == Some(written));
            if escaped.is_some() {
                characters.next();
            }
            hidden.push(escaped.map_or('\\', |(.., hides)| *hides));
        }
    }
    hidden
}

/// Control characters and noncharacters mean nothing in a question.
fn is_text(character: char) -> bool {
    !matches!(character, '\u{fdd0}'..='\u{fdef}')
        && (!character.is_control() || matches!(character, '\t' | '\n'))
}

/// `text` with its hidden characters shown.
pub(super) fn show(text: &str) -> String {
    text.chars()
        .map(|character| {
            let hidden = HIDDEN.iter().find(|(.., hides)| *hides == character);
            hidden.map_or(character, |(_, shown, _)| *shown)
        })
        .collect()
}

/// `text` with everything escaped that GIFT could take for an operator or a line end.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\r' => {}
            '\n' => escaped.push_str("\\n"),
            '\\' | ':' | '#' | '=' | '{' | '}' | '~' => escaped.extend(['\\', character]),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backslash_escapes_operators_and_nothing_else() {
        assert_eq!(show(&hide(r"\: \# \= \{ \} \~ \\ \n.")), ": # = { } ~ \\ \n.");
        assert_eq!(show(&hide(r"\frac\{1\}\{2\} \alpha")), r"\frac{1}{2} \alpha");
        assert_eq!(show(&hide(r"a \neq b")), "a \neq b");
        assert_eq!(show(&hide(r"a \\neq b")), r"a \neq b");
        assert_eq!(hide(r"\\=x"), r"\=x", "the equals sign stays an operator");
        assert_eq!(show(&hide("end\\")), "end\\");
    }

    #[test]
    fn what_is_escaped_reads_back_the_same() {
        for text in [r"\", r"\\", r"\n", "a\nb", "{=~#:}", r"$\frac{1}{2}$", "::x:: // y", "#### ->"] {
            assert_eq!(show(&hide(&escape(text))), text);
        }
    }
}
