//! Trying a question that is being written.

pub mod mark_preview;
pub mod preview_question;
