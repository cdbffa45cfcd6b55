//! Many rows in one statement, in few texts: a text for each number of rows would be prepared anew each time.

use std::{fmt::Write as _, sync::OnceLock};

use crate::Conn;

/// The numbers of rows that statements are written for.
const SIZES: [usize; 13] = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 100];

/// The most rows of one statement: 100 rows of up to 300 columns stay below SQLite's 32,766 parameters.
pub const ROWS_MAX: usize = SIZES[SIZES.len() - 1];

/// Statements that a connection keeps prepared: a few of many rows, each in all its [`SIZES`], and those of one row.
pub(crate) const STATEMENTS_KEPT: usize = 500;

/// For how many rows to write a statement that takes `rows`, of at most [`ROWS_MAX`]: what is missing is filled with the
/// last row once more, so the statement must mean the same with a row repeated.
pub fn padded(rows: usize) -> usize {
    SIZES.into_iter().find(|size| *size >= rows).unwrap_or(ROWS_MAX)
}

/// `($1, $2), ($3, $4)`: the places of `rows` rows of `columns` columns, from `$first` on.
pub fn places(rows: usize, columns: usize, first: usize) -> String {
    let mut text = String::with_capacity(rows * columns * 7);
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns {
            if column > 0 {
                text.push_str(", ");
            }
            let written = write!(text, "${}", first + row * columns + column);
            debug_assert!(written.is_ok(), "a text takes everything");
        }
        text.push(')');
    }
    text
}

/// `(?, ?), (?, ?)`: the same for SQLite alone. The driver asks SQLite for the name of every place that has one, and SQLite
/// looks for it from the first name on: with names, a statement of many rows costs the square of their number. The driver
/// counts nameless places apart from numbered ones: a statement has the one kind or the other.
pub fn nameless_places(rows: usize, columns: usize) -> String {
    let row = format!("({})", vec!["?"; columns].join(", "));
    vec![row; rows].join(", ")
}

/// The places of `rows` rows of `columns` columns, from the first on, as the database behind `conn` takes them best.
pub fn places_on(conn: &Conn, rows: usize, columns: usize) -> String {
    match conn {
        Conn::Sqlite(_) => nameless_places(rows, columns),
        Conn::Postgres(_) => places(rows, columns, 1),
    }
}

/// For how many rows to write a statement that takes `rows` and can't take one twice: PostgreSQL changes no row a second
/// time. SQLite does, and is spared texts.
pub fn size_on(conn: &Conn, rows: usize) -> usize {
    match conn {
        Conn::Sqlite(_) => padded(rows),
        Conn::Postgres(_) => rows,
    }
}

/// `rows`, and the last one again until there are `size`.
pub fn fill_to<T>(rows: &[T], size: usize) -> impl Iterator<Item = &T> {
    let missing = size.saturating_sub(rows.len());
    rows.iter().chain(rows.last().into_iter().flat_map(move |last| std::iter::repeat_n(last, missing)))
}

/// `rows`, and the last one again until there are [`padded`] many.
pub fn fill<T>(rows: &[T]) -> impl Iterator<Item = &T> {
    fill_to(rows, padded(rows.len()))
}

/// A statement's texts, one for each number of rows that it is written for; each written once.
#[derive(Debug)]
pub struct Texts {
    write: fn(usize) -> String,
    texts: [OnceLock<String>; SIZES.len()],
}

impl Texts {
    /// A statement whose text for a number of rows `write` writes.
    pub const fn new(write: fn(usize) -> String) -> Self {
        Self { write, texts: [const { OnceLock::new() }; SIZES.len()] }
    }

    /// The text that takes `rows` rows, of at most [`ROWS_MAX`], once they are [filled up](fill).
    pub fn of(&self, rows: usize) -> &str {
        let size = padded(rows);
        let place = SIZES.iter().position(|one| *one == size).unwrap_or(SIZES.len() - 1);
        self.texts[place].get_or_init(|| (self.write)(size))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_through() {
        assert_eq!(places(2, 3, 1), "($1, $2, $3), ($4, $5, $6)");
        assert_eq!(places(1, 1, 5), "($5)");
        assert_eq!(nameless_places(2, 3), "(?, ?, ?), (?, ?, ?)");
    }

    #[test]
    fn a_text_is_written_once_for_all_numbers_of_rows_that_are_filled_up_to_it() {
        static TEXTS: Texts = Texts::new(|rows| format!("VALUES {}", places(rows, 1, 1)));
        assert_eq!(TEXTS.of(5), "VALUES ($1), ($2), ($3), ($4), ($5), ($6)");
        assert!(std::ptr::eq(TEXTS.of(5), TEXTS.of(6)));
        assert!(TEXTS.of(ROWS_MAX).ends_with("($100)"));
    }

    #[test]
    fn rows_are_filled_up_with_the_last_one() {
        assert_eq!(fill(&[1, 2, 3, 4, 5]).copied().collect::<Vec<_>>(), [1, 2, 3, 4, 5, 5]);
        assert_eq!(fill::<i64>(&[]).count(), 0);
        assert_eq!(padded(ROWS_MAX), ROWS_MAX);
        assert!((1..=ROWS_MAX).all(|rows| padded(rows) >= rows));
    }
}
