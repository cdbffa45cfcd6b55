//! One file per question type: its body, key and response, and the rules that join them.

pub(crate) mod choice_option;
pub(crate) mod cloze;
pub(crate) mod description;
pub(crate) mod essay;
pub(crate) mod file_upload;
pub(crate) mod matching;
pub(crate) mod multiple_choice;
pub(crate) mod numeric;
pub(crate) mod ordering;
pub(crate) mod short_text;
pub(crate) mod single_choice;
pub(crate) mod text_part;
pub(crate) mod true_false;
