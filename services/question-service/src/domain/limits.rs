//! The most that a bank may hold. Every bound has a name and a unit.

/// Characters of a bank's title.
pub const BANK_TITLE_CHARS_MAX: usize = 200;
/// Characters of a bank's description.
pub const BANK_DESCRIPTION_CHARS_MAX: usize = 2_000;
/// Questions of one bank, archived ones included.
pub const QUESTIONS_PER_BANK_MAX: i64 = 200_000;
/// Categories of one bank.
pub const CATEGORIES_PER_BANK_MAX: usize = 2_000;
/// Categories below one another.
pub const CATEGORY_DEPTH_MAX: usize = 10;
/// Characters of a category's name.
pub const CATEGORY_NAME_CHARS_MAX: usize = 200;
/// Stimuli of one bank.
pub const STIMULI_PER_BANK_MAX: i64 = 20_000;
/// Questions that share one stimulus.
pub const STIMULUS_QUESTIONS_MAX: usize = 200;
/// Characters of a stimulus.
pub const STIMULUS_CHARS_MAX: usize = 100_000;
/// Tags of one question.
pub const TAGS_PER_QUESTION_MAX: usize = 30;
/// Characters of a tag.
pub const TAG_CHARS_MAX: usize = 60;
/// Tags that a list shows, the most used first.
pub const TAGS_LISTED_MAX: i64 = 1_000;
/// Characters of a question's title.
pub const QUESTION_TITLE_CHARS_MAX: usize = 200;
/// Characters of the number that a question's source knows it by.
pub const IDNUMBER_CHARS_MAX: usize = 100;
/// Characters of what an author notes about a version.
pub const VERSION_NOTE_CHARS_MAX: usize = 500;
/// Versions of one question.
pub const VERSIONS_PER_QUESTION_MAX: i64 = 1_000;
/// Bytes of a question, or of a key, as JSON.
pub const CONTENT_BYTES_MAX: usize = 512 * 1024;
/// Bytes of one picture; `MAX_UPLOAD_SIZE` may say less.
pub const MEDIA_BYTES_MAX: usize = 20 * 1024 * 1024;
/// Pixels of one picture: a small file may unpack into more than a candidate's browser can hold.
pub const MEDIA_PIXELS_MAX: u64 = 50_000_000;
/// Characters of a search text.
pub const SEARCH_CHARS_MAX: usize = 200;
/// Terms of a search that are looked for; the ones behind are passed over.
pub const SEARCH_TERMS_MAX: usize = 16;
/// Tags, and types, that one search may name.
pub const SEARCH_FILTERS_MAX: usize = 20;
/// Words of one question that can be found; those behind can't.
pub const INDEXED_WORDS_MAX: usize = 10_000;
/// Characters of a word; a longer one is cut, in the question and in the search.
pub const WORD_CHARS_MAX: usize = 40;
/// Characters of the beginning that a list shows of a question.
pub const EXCERPT_CHARS_MAX: usize = 160;
/// Questions that a report tells of one by one. Beyond, those without any note are only counted.
pub const REPORT_ENTRIES_MAX: usize = 5_000;
/// Questions in one export.
pub const EXPORT_QUESTIONS_MAX: usize = 60_000;
/// Papers that are frozen at once.
pub const FREEZE_PAPERS_MAX: usize = 200;
/// Questions of one paper.
pub const FREEZE_QUESTIONS_PER_PAPER_MAX: usize = 1_000;
/// Pieces of a text that are compared one by one; longer texts are shown as replaced as a whole.
pub const DIFF_PIECES_MAX: usize = 4_000;
