//! A table in a CSV file, as schools and spreadsheets write it: UTF-8 with or without a byte order mark, UTF-16 with
//! one, or GB18030; comma, semicolon or tab, whichever the first line has most of.

use encoding_rs::{Encoding, GB18030};
use foundation::FieldProblem;

/// A table: its titles, and its rows that aren't empty.
pub(super) struct Table {
    pub titles: Vec<String>,
    pub rows: Vec<Row>,
}

/// A row with its line in the file, from 1.
pub(super) struct Row {
    pub line: u32,
    pub cells: Vec<String>,
}

impl Row {
    /// The cell of a column; empty when the row is shorter.
    pub fn cell(&self, column: Option<usize>) -> &str {
        column.and_then(|column| self.cells.get(column)).map_or("", String::as_str)
    }
}

/// Reads a table of at most `rows_max` rows.
///
/// # Errors
/// One problem, with its line, when this is no such file.
pub(super) fn read(bytes: &[u8], rows_max: usize) -> Result<Table, FieldProblem> {
    let text = decode(bytes).ok_or_else(|| {
        FieldProblem::on_line(
            1,
            "encoding_unknown",
            "This is no text that we can read: save the file as CSV in UTF-8 or GB18030.",
        )
    })?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(separator(&text))
        .from_reader(text.as_bytes());
    let mut table = Table { titles: Vec::new(), rows: Vec::new() };
    let mut lines = LineCounter { rest: text.as_bytes(), at: 0, line: 1 };
    for record in reader.records() {
        let record = record.map_err(|error| {
            let byte = error.position().map_or(0, csv::Position::byte);
            FieldProblem::on_line(lines.line_of(byte), "malformed", "This line can't be read as CSV.")
        })?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        let line = lines.line_of(record.position().map_or(0, csv::Position::byte));
        let cells = record.iter().map(ToOwned::to_owned).collect();
        if table.titles.is_empty() {
            table.titles = cells;
        } else if table.rows.len() == rows_max {
            let message = format!("At most {rows_max} rows at a time: split the file.");
            return Err(FieldProblem::on_line(line, "too_many_rows", message));
        } else {
            table.rows.push(Row { line, cells });
        }
    }
    Ok(table)
}

/// The text of a file: by its byte order mark, else UTF-8, else GB18030. A spreadsheet's own format is none.
fn decode(bytes: &[u8]) -> Option<String> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => {
            encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..])?.into_owned()
        }
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => GB18030.decode_without_bom_handling_and_without_replacement(bytes)?.into_owned(),
        },
    };
    (!text.contains('\0')).then(|| text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let count = |separator: &u8| first.bytes().filter(|byte| byte == separator).count();
    // Of equals the last wins, and a comma is the likeliest.
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// Counts lines as an editor does, empty ones too, which the reader takes for the start of the next row.
struct LineCounter<'a> {
    rest: &'a [u8],
    at: u64,
    line: u32,
}

impl LineCounter<'_> {
    /// The line of the first thing at or behind `byte`; asked for in the file's order.
    fn line_of(&mut self, byte: u64) -> u32 {
        while let [first, rest @ ..] = self.rest {
            if self.at >= byte && *first != b'\n' {
                break;
            }
            self.line = self.line.saturating_add(u32::from(*first == b'\n'));
            self.at += 1;
            self.rest = rest;
        }
        self.line
    }
}
