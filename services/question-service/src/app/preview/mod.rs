//! An author tries a question before anybody else sees it.

pub mod mark_preview;
pub mod preview_question;
