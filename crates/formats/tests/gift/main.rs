//! GIFT in and out: rule by rule, against the files of others, and against bytes that nobody meant as GIFT.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test's own helpers")]

mod any_bytes;
mod oracle;
mod round_trip;
mod rules;
mod support;
mod whole_files;
