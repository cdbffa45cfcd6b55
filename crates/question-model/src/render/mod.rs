//! Turns an author's text into HTML that is safe to show.
//!
//! Mathematics stays TeX, in `<span class="math math-inline">` and `<span class="math math-display">`. Images
//! come from `media:SHA256HEX` alone. Nothing else survives that could run, style, phone home or imitate us.

mod sanitise;
mod spans;

use std::collections::BTreeSet;

use crate::{PartId, RichText, TextFormat};
use sanitise::sanitise;
use spans::{Scanned, Span, scan};

/// Where the images of questions are served; the hash follows.
pub const MEDIA_PATH: &str = "/api/v1/questions/media/";
/// How an author's text names an image; the hash follows.
const MEDIA_SCHEME: &str = "media:";
/// Quotes in quotes, lists in lists: what is deeper is shown at this depth. Reading HTML takes time that grows
/// with the square of the depth.
const NESTING_MAX: usize = 50;
/// Characters of a SHA-256 in hexadecimal.
const HASH_CHARS: usize = 64;

/// The text as HTML that is safe to show.
pub fn render(text: &RichText) -> String {
    Rendered::new(text, &[]).html
}

/// As [`render`], without the paragraph around a text that is one paragraph: for options and table cells.
pub fn render_part(text: &RichText) -> String {
    let html = render(text);
    let trimmed = html.trim();
    match trimmed.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")) {
        Some(inner) if !inner.contains("<p>") => inner.to_owned(),
        _ => trimmed.to_owned(),
    }
}

/// As [`render`], with `<span data-gap="ID"></span>` for each `[[ID]]` among `gaps`.
pub(crate) fn render_with_gaps(text: &RichText, gaps: &[&PartId]) -> String {
    Rendered::new(text, gaps).html
}

/// The gaps that a cloze text will show, in order, repetitions included.
pub(crate) fn gap_ids(text: &RichText) -> Vec<PartId> {
    let named = scan(text).gap_ids();
    Rendered::new(text, &named.iter().collect::<Vec<_>>()).gaps
}

/// The text without any mark-up, for search and for lists. Mathematics stays TeX.
pub fn plain_text(text: &RichText) -> String {
    let html = render(text);
    let mut plain = String::with_capacity(html.len());
    let mut rest = html.as_str();
    while let Some(start) = rest.find('<') {
        plain.push_str(&rest[..start]);
        let end = rest[start..].find('>').map_or(rest.len(), |end| start + end + 1);
        let tag = rest[start..end].trim_start_matches(['<', '/']);
        let inline =
            ["span", "em", "strong", "b>", "i>", "u>", "s>", "sub", "sup", "a ", "a>", "code", "del"];
        if !inline.iter().any(|name| tag.starts_with(name)) {
            plain.push(' ');
        }
        rest = &rest[end..];
    }
    plain.push_str(rest);
    let plain = plain
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The hashes of the images that `text` shows.
pub fn media(text: &RichText) -> BTreeSet<String> {
    let mut hashes = BTreeSet::new();
    let mut rest = text.text.as_str();
    while let Some(at) = rest.find(MEDIA_SCHEME) {
        rest = &rest[at + MEDIA_SCHEME.len()..];
        if let Some(hash) = rest.get(..HASH_CHARS).filter(|hash| is_hash(hash)) {
            hashes.insert(hash.to_owned());
        }
    }
    hashes
}

fn is_hash(text: &str) -> bool {
    text.len() == HASH_CHARS
        && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

struct Rendered {
    html: String,
    /// The gaps shown, in order.
    gaps: Vec<PartId>,
}

impl Rendered {
    fn new(text: &RichText, gaps: &[&PartId]) -> Self {
        let scanned = scan(text);
        let html = match text.format {
            TextFormat::Markdown => markdown(&scanned.text),
            TextFormat::Plain => with_breaks(&escape(&scanned.text)),
            TextFormat::Html => scanned.text.clone(),
            TextFormat::Moodle => with_breaks(&scanned.text),
        };
        let mut rendered = Self { html: String::with_capacity(html.len()), gaps: Vec::new() };
        rendered.restore(&sanitise(&html), &scanned, gaps);
        rendered
    }

    /// Puts mathematics and gaps where their tokens stand. Inside a tag (an image's `alt`) a token becomes
    /// the author's own characters again, because a tag can't hold a tag.
    fn restore(&mut self, html: &str, scanned: &Scanned, gaps: &[&PartId]) {
        let (mut in_tag, mut in_quotes) = (false, false);
        let mut rest = html;
        while let Some(character) = rest.chars().next() {
            if character == spans::OPEN {
                let (span, behind) = scanned.token(rest);
                match span {
                    Some(span) if in_tag => self.html.push_str(&escape(&span.source())),
                    Some(span) => self.push_span(span, gaps),
                    None => {}
                }
                rest = behind;
                continue;
            }
            match character {
                '<' if !in_tag => in_tag = true,
                '"' if in_tag => in_quotes = !in_quotes,
                '>' if in_tag && !in_quotes => in_tag = false,
                _ => {}
            }
            self.html.push(character);
            rest = &rest[character.len_utf8()..];
        }
    }

    fn push_span(&mut self, span: &Span, gaps: &[&PartId]) {
        match span {
            Span::Inline { tex, .. } => {
                self.html.push_str(&format!("<span class=\"math math-inline\">{}</span>", escape(tex)));
            }
            Span::Display { tex, .. } => {
                self.html.push_str(&format!("<span class=\"math math-display\">{}</span>", escape(tex)));
            }
            Span::Gap(id) if gaps.contains(&id) => {
                self.html.push_str(&format!("<span data-gap=\"{id}\"></span>"));
                self.gaps.push(id.clone());
            }
            Span::Gap(_) => self.html.push_str(&escape(&span.source())),
        }
    }
}

fn markdown(text: &str) -> String {
    use pulldown_cmark::{Event, Options, Parser, html};

    let parser = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let mut depth = 0;
    let bounded = parser.filter(|event| match event {
        Event::Start(_) => {
            depth += 1;
            depth <= NESTING_MAX
        }
        Event::End(_) => {
            depth -= 1;
            depth < NESTING_MAX
        }
        _ => true,
    });
    let mut rendered = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut rendered, bounded);
    // Inline styles are forbidden by our content policy; the old attribute says the same.
    for cell in ["td", "th"] {
        for side in ["left", "center", "right"] {
            rendered = rendered.replace(
                &format!("<{cell} style=\"text-align: {side}\">"),
                &format!("<{cell} align=\"{side}\">"),
            );
        }
    }
    rendered
}

/// A line break for each line break, but not between two tags: a table's source may be laid out.
fn with_breaks(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut broken = String::with_capacity(text.len() + 16);
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        broken.push_str(line);
        if let Some(next) = lines.peek() {
            let between_tags = line.trim_end().ends_with('>') && next.trim_start().starts_with('<');
            broken.push_str(if between_tags { "\n" } else { "<br>\n" });
        }
    }
    broken
}

/// Safe between tags and inside a quoted attribute.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests;
