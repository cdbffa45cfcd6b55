//! A file into paragraphs: categories and questions.

use super::{
    category::category_path,
    escape::{hide, show},
};

/// A paragraph of a file, or the category line that begins it.
pub(super) enum Piece {
    /// The questions that follow belong here.
    Category(Vec<String>),
    /// A question, not yet read.
    Question(Chunk),
}

/// A paragraph with escaped characters hidden and comments set apart.
#[derive(Default)]
pub(super) struct Chunk {
    /// The lines without comments.
    pub(super) text: String,
    /// Comment lines before the text, where ids and tags stand.
    pub(super) comments: Vec<String>,
    /// Where each line begins in `text`, and its number in the file.
    lines: Vec<(usize, u32)>,
}

impl Chunk {
    /// The line that the question begins on.
    pub(super) fn line(&self) -> u32 {
        self.lines.first().map_or(1, |(_, line)| *line)
    }

    /// The line in the file of `part`, a slice of this chunk's text.
    pub(super) fn line_of(&self, part: &str) -> u32 {
        let offset = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let after = self.lines.partition_point(|(start, _)| *start <= offset);
        self.lines.get(after.saturating_sub(1)).map_or(1, |(_, line)| *line)
    }

    /// The last line.
    pub(super) fn last_line(&self) -> u32 {
        self.lines.last().map_or(1, |(_, line)| *line)
    }

    /// Whether a brace is opened and not closed.
    pub(super) fn left_open(&self) -> bool {
        self.text.contains('{') && !self.text.contains('}')
    }

    /// Whether a brace is closed that wasn't opened.
    pub(super) fn only_closes(&self) -> bool {
        self.text.contains('}') && !self.text.contains('{')
    }

    /// What the author wrote, escapes resolved.
    pub(super) fn readable(&self) -> String {
        show(&self.text)
    }

    fn push(&mut self, line: &str, number: u32) {
        if !self.lines.is_empty() {
            self.text.push('\n');
        }
        self.lines.push((self.text.len(), number));
        self.text.push_str(&hide(line));
    }
}

/// The pieces of `text`. Blank lines part questions, wherever they are; a line that begins with `//` is a
/// comment.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut chunk = Chunk::default();
    for (number, line) in (1_u32..).zip(text.split('\n')) {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            finish(&mut chunk, &mut pieces);
        } else if trimmed.starts_with("//") {
            if chunk.lines.is_empty() {
                chunk.comments.push(trimmed.to_owned());
            }
        } else if let Some(name) = trimmed.strip_prefix("$CATEGORY:").filter(|_| chunk.lines.is_empty()) {
            pieces.push(Piece::Category(category_path(&show(&hide(name)))));
            chunk.comments.clear();
        } else {
            chunk.push(line, number);
        }
    }
    finish(&mut chunk, &mut pieces);
    pieces
}

fn finish(chunk: &mut Chunk, pieces: &mut Vec<Piece>) {
    let chunk = std::mem::take(chunk);
    if !chunk.text.trim().is_empty() {
        pieces.push(Piece::Question(chunk));
    }
}
