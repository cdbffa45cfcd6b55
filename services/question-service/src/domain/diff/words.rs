//! Compares two texts word by word; Chinese character by character.

use serde::Serialize;
use similar::{Algorithm, DiffTag, capture_diff_slices};
use utoipa::ToSchema;

use crate::domain::limits::DIFF_PIECES_MAX;

/// A piece of a text that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Piece {
    /// Whether it stayed.
    pub kind: PieceKind,
    /// Its characters; all pieces that aren't `added`, put together, are the old text, and likewise the new one.
    pub text: String,
}

/// Whether a piece of text stayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PieceKind {
    /// In both texts.
    Same,
    /// In the new text alone.
    Added,
    /// In the old text alone.
    Removed,
}

/// The pieces that lead from `before` to `after`.
pub(super) fn pieces(before: &str, after: &str) -> Vec<Piece> {
    let (old, new) = (split(before), split(after));
    let mut pieces = Vec::new();
    if old.len() + new.len() > DIFF_PIECES_MAX {
        push(&mut pieces, PieceKind::Removed, &[before]);
        push(&mut pieces, PieceKind::Added, &[after]);
        return pieces;
    }
    for change in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (tag, old_range, new_range) = change.as_tag_tuple();
        match tag {
            DiffTag::Equal => push(&mut pieces, PieceKind::Same, &old[old_range]),
            DiffTag::Delete | DiffTag::Insert | DiffTag::Replace => {
                push(&mut pieces, PieceKind::Removed, &old[old_range]);
                push(&mut pieces, PieceKind::Added, &new[new_range]);
            }
        }
    }
    pieces
}

fn push(pieces: &mut Vec<Piece>, kind: PieceKind, texts: &[&str]) {
    let text = texts.concat();
    if !text.is_empty() {
        pieces.push(Piece { kind, text });
    }
}

/// Words, runs of white space, and every other character by itself.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut before = Class::Single;
    for (at, character) in text.char_indices() {
        let class = Class::of(character);
        if at > start && (class == Class::Single || class != before) {
            parts.push(&text[start..at]);
            start = at;
        }
        before = class;
    }
    if start < text.len() {
        parts.push(&text[start..]);
    }
    parts
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Space,
    Single,
}

impl Class {
    fn of(character: char) -> Self {
        if character.is_whitespace() {
            Self::Space
        } else if character.is_alphanumeric() && character < '\u{2e80}' {
            Self::Letter
        } else {
            Self::Single
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> String {
        let piece = |piece: Piece| match piece.kind {
            PieceKind::Same => piece.text,
            PieceKind::Added => format!("[+{}]", piece.text),
            PieceKind::Removed => format!("[-{}]", piece.text),
        };
        pieces(before, after).into_iter().map(piece).collect()
    }

    #[test]
    fn words_that_changed_are_shown_and_the_others_stay() {
        assert_eq!(
            shown("Which planet is red?", "Which planets are red?"),
            "Which [-planet][+planets] [-is][+are] red?"
        );
        assert_eq!(shown("中国的首都是哪里？", "中国的首都在哪里？"), "中国的首都[-是][+在]哪里？");
        assert_eq!(shown("", "new"), "[+new]");
        assert_eq!(shown("gone", ""), "[-gone]");
        assert_eq!(shown("$x^2$ ok", "$x^3$ ok"), "$x^[-2][+3]$ ok");
    }

    #[test]
    fn texts_too_long_to_compare_are_replaced_as_a_whole() {
        let (old, new) = ("a ".repeat(3_000), "b ".repeat(3_000));
        assert_eq!(pieces(&old, &new).len(), 2);
    }

    proptest::proptest! {
        #[test]
        fn the_pieces_put_together_are_the_two_texts(before in "[a-c 中é。]{0,30}", after in "[a-c 中é。]{0,30}") {
            let pieces = pieces(&before, &after);
            let without = |kind: PieceKind| -> String {
                pieces.iter().filter(|piece| piece.kind != kind).map(|piece| piece.text.as_str()).collect()
            };
            assert_eq!(without(PieceKind::Added), before);
            assert_eq!(without(PieceKind::Removed), after);
        }
    }
}
