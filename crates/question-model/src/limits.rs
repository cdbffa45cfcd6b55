//! The most that a question may hold. Every bound has a name and a unit.

/// Characters in a stem, a cloze text or a marking note.
pub const STEM_CHARS_MAX: usize = 20_000;
/// Characters in an option, a prompt, a target or an item to order.
pub const PART_CHARS_MAX: usize = 4_000;
/// Characters in one feedback text or explanation.
pub const FEEDBACK_CHARS_MAX: usize = 10_000;
/// Options of a choice question.
pub const OPTIONS_MAX: usize = 40;
/// Options that a choice question needs. One is allowed by formats that we import.
pub const OPTIONS_MIN: usize = 1;
/// Gaps in one cloze text.
pub const GAPS_MAX: usize = 60;
/// Prompts or targets of a matching question, each.
pub const PAIRS_MAX: usize = 60;
/// Prompts that a matching question needs.
pub const PAIRS_MIN: usize = 2;
/// Items to put in order.
pub const ITEMS_MAX: usize = 40;
/// Items that an ordering question needs.
pub const ITEMS_MIN: usize = 2;
/// Accepted answers of one short text or number.
pub const ALTERNATIVES_MAX: usize = 100;
/// Characters of one accepted answer.
pub const ALTERNATIVE_CHARS_MAX: usize = 1_000;
/// Units that a numeric question offers.
pub const UNITS_MAX: usize = 20;
/// Characters of a unit.
pub const UNIT_CHARS_MAX: usize = 32;
/// Characters that a candidate may write into a short text or a gap, unless the question says less.
pub const SHORT_TEXT_CHARS_MAX: u32 = 1_000;
/// Characters offered for a short text when the author says nothing.
pub const SHORT_TEXT_CHARS_DEFAULT: u32 = 200;
/// Characters of a number as the candidate writes it.
pub const NUMBER_CHARS_MAX: usize = 64;
/// Characters of an essay: fits, at four bytes each, into the 64 KiB of one response.
pub const ESSAY_CHARS_MAX: u32 = 15_000;
/// Words that an essay may ask for.
pub const ESSAY_WORDS_MAX: u32 = 10_000;
/// Files in one response.
pub const FILES_MAX: u32 = 20;
/// Bytes of one uploaded file.
pub const FILE_BYTES_MAX: u64 = 100 * 1024 * 1024;
/// Characters of an uploaded file's name.
pub const FILE_NAME_CHARS_MAX: usize = 255;
/// File extensions that a question may name.
pub const EXTENSIONS_MAX: usize = 30;
/// Characters of a file extension, its dot counted.
pub const EXTENSION_CHARS_MAX: usize = 12;
/// The weight of one gap against the others.
pub const GAP_WEIGHT_MAX: u32 = 1_000;
