//! What a judgement has to say.

use proctoring_api::Judgement;

/// Whether a judgement with this note may stand: who confirms a violation says why, because it may be held against a
/// person; a dismissal needs no reason.
pub fn is_explained(judgement: Judgement, note: &str) -> bool {
    judgement == Judgement::Dismissed || !note.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_confirmation_needs_a_reason() {
        assert!(is_explained(Judgement::Dismissed, ""));
        assert!(is_explained(Judgement::Confirmed, "A second person could be heard."));
        assert!(!is_explained(Judgement::Confirmed, ""));
    }
}
