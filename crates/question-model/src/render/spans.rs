//! Finds mathematics and gaps before any other mark-up is read, so that `_` and `*` in TeX stay what they are.

use crate::{PartId, RichText, TextFormat};

/// Opens a token. This and [`CLOSE`] are Unicode noncharacters, taken out of every text first.
pub(super) const OPEN: char = '\u{fdd0}';
const CLOSE: char = '\u{fdd1}';

/// Something that a token stands for.
pub(super) enum Span {
    /// TeX within a line, with the delimiters it was written with.
    Inline { tex: String, open: &'static str, close: &'static str },
    /// TeX on a line of its own.
    Display { tex: String, open: &'static str, close: &'static str },
    /// `[[id]]`.
    Gap(PartId),
}

impl Span {
    /// As the author wrote it.
    pub(super) fn source(&self) -> String {
        match self {
            Self::Inline { tex, open, close } | Self::Display { tex, open, close } => {
                format!("{open}{tex}{close}")
            }
            Self::Gap(id) => format!("[[{id}]]"),
        }
    }
}

/// A text with tokens for its spans.
pub(super) struct Scanned {
    pub(super) text: String,
    spans: Vec<Span>,
}

impl Scanned {
    /// The span whose token `text` begins with, and what follows the token.
    pub(super) fn token<'a>(&self, text: &'a str) -> (Option<&Span>, &'a str) {
        let inner = text.strip_prefix(OPEN).unwrap_or(text);
        let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
        let (number, behind) = inner.split_at(digits);
        match behind.strip_prefix(CLOSE) {
            Some(behind) => (number.parse().ok().and_then(|index: usize| self.spans.get(index)), behind),
            None => (None, inner),
        }
    }

    /// The ids of all gaps.
    pub(super) fn gap_ids(&self) -> Vec<PartId> {
        let id = |span: &Span| if let Span::Gap(id) = span { Some(id.clone()) } else { None };
        self.spans.iter().filter_map(id).collect()
    }

    fn push(&mut self, span: Span) {
        self.text.push(OPEN);
        self.text.push_str(&self.spans.len().to_string());
        self.text.push(CLOSE);
        self.spans.push(span);
    }
}

/// Replaces the spans of `text` by tokens. Code in Markdown is left alone.
pub(super) fn scan(text: &RichText) -> Scanned {
    let source: String =
        text.text.chars().filter(|character| !matches!(character, '\u{fdd0}'..='\u{fdef}')).collect();
    let markdown = text.format == TextFormat::Markdown;
    let mut scanned = Scanned { text: String::with_capacity(source.len()), spans: Vec::new() };
    let mut finder = Finder::default();
    let mut at = 0;
    while at < source.len() {
        let rest = &source[at..];
        if markdown && let Some(code) = code(&source, at) {
            scanned.text.push_str(&rest[..code]);
            at += code;
            continue;
        }
        if rest.starts_with("\\\\") || rest.starts_with("\\$") {
            scanned.text.push_str(if markdown || rest.starts_with("\\\\") { &rest[..2] } else { "$" });
            at += 2;
            continue;
        }
        if let Some((span, length)) = finder.span(&source, at) {
            scanned.push(span);
            at += length;
            continue;
        }
        let character = rest.chars().next().map_or(1, char::len_utf8);
        scanned.text.push_str(&rest[..character]);
        at += character;
    }
    scanned
}

/// Bytes of the code that begins at `at`: a fenced block, or a span between equal runs of backticks.
fn code(source: &str, at: usize) -> Option<usize> {
    let rest = &source[at..];
    let mark = rest.chars().next().filter(|character| matches!(character, '`' | '~'))?;
    let run = rest.chars().take_while(|character| *character == mark).count();
    let line = source[..at].rsplit('\n').next().unwrap_or("");
    if run >= 3 && line.len() <= 3 && line.trim().is_empty() {
        return Some(fence(rest, mark, run));
    }
    if mark != '`' {
        return None;
    }
    let mut from = run;
    while let Some(found) = rest[from..].find('`') {
        let start = from + found;
        let length = rest[start..].bytes().take_while(|byte| *byte == b'`').count();
        if length == run {
            return Some(start + length);
        }
        from = start + length;
    }
    Some(run)
}

/// Bytes of a fenced block, to its closing fence or the end.
fn fence(rest: &str, mark: char, run: usize) -> usize {
    let mut length = 0;
    for (number, line) in rest.split_inclusive('\n').enumerate() {
        length += line.len();
        let bare = line.trim();
        if number > 0 && bare.len() >= run && bare.chars().all(|character| character == mark) {
            break;
        }
    }
    length
}

/// Finds spans; remembers which closing marks don't come any more, so that a text of opening marks alone
/// takes no quadratic time.
#[derive(Default)]
struct Finder {
    missing: Vec<&'static str>,
}

impl Finder {
    fn span(&mut self, source: &str, at: usize) -> Option<(Span, usize)> {
        let rest = &source[at..];
        match rest.as_bytes() {
            [b'$', b'$', ..] => self.display(rest, "$$", "$$"),
            [b'$', ..] => self.dollar(rest),
            [b'\\', b'(', ..] => self.inline(rest),
            [b'\\', b'[', ..] => self.display(rest, "\\[", "\\]"),
            [b'[', b'[', ..] => gap(rest),
            _ => None,
        }
    }

    fn between<'a>(&mut self, rest: &'a str, open: &str, close: &'static str) -> Option<&'a str> {
        if self.missing.contains(&close) {
            return None;
        }
        let inner = &rest[open.len()..];
        match inner.find(close) {
            Some(end) => Some(&inner[..end]).filter(|tex| !tex.trim().is_empty()),
            None => {
                self.missing.push(close);
                None
            }
        }
    }

    fn display(&mut self, rest: &str, open: &'static str, close: &'static str) -> Option<(Span, usize)> {
        let tex = self.between(rest, open, close)?;
        let length = open.len() + tex.len() + close.len();
        Some((Span::Display { tex: tex.to_owned(), open, close }, length))
    }

    fn inline(&mut self, rest: &str) -> Option<(Span, usize)> {
        let tex = self.between(rest, "\\(", "\\)")?;
        Some((Span::Inline { tex: tex.to_owned(), open: "\\(", close: "\\)" }, tex.len() + 4))
    }

    /// `$…$` by Pandoc's rule, which leaves prices alone: no space inside the dollars, no digit behind the
    /// closing one, and no empty line between.
    fn dollar(&mut self, rest: &str) -> Option<(Span, usize)> {
        let inner = &rest[1..];
        if inner.starts_with(char::is_whitespace) {
            return None;
        }
        let paragraph = inner.find("\n\n").map_or(inner, |end| &inner[..end]);
        let mut from = 0;
        while let Some(found) = paragraph[from..].find('$') {
            let end = from + found;
            let before = &paragraph[..end];
            if before.is_empty() {
                return None;
            }
            if !before.ends_with('\\') {
                let digit_follows = inner[end + 1..].starts_with(|next: char| next.is_ascii_digit());
                if before.ends_with(char::is_whitespace) || digit_follows {
                    return None;
                }
                return Some((Span::Inline { tex: before.to_owned(), open: "$", close: "$" }, end + 2));
            }
            from = end + 1;
        }
        None
    }
}

fn gap(rest: &str) -> Option<(Span, usize)> {
    let inner = &rest[2..];
    let window = inner.len().min(PartId::CHARS_MAX + 2);
    let end = inner.as_bytes()[..window].windows(2).position(|pair| pair == b"]]")?;
    let id = PartId::new(inner.get(..end)?).ok()?;
    Some((Span::Gap(id), end + 4))
}
