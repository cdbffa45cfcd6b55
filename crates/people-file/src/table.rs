//! A table in a CSV file: its titles, and its rows with the lines that they stand on.

use encoding_rs::{Encoding, GB18030};
use foundation::FieldProblem;

/// A table.
pub(crate) struct Table {
    /// The line of the titles, from 1.
    pub line: u32,
    pub titles: Vec<String>,
    /// The rows that aren't empty.
    pub rows: Vec<Row>,
}

/// A row with its line in the file, from 1.
pub(crate) struct Row {
    pub line: u32,
    pub cells: Vec<String>,
}

/// Reads a table of at most `rows_max` rows.
///
/// # Errors
/// One problem, with its line, when this is no such file.
pub(crate) fn read(bytes: &[u8], rows_max: usize) -> Result<Table, FieldProblem> {
    let text = decode(bytes).ok_or_else(|| {
        FieldProblem::on_line(
            1,
            "encoding_unknown",
            "This is no text that we can read: save the file as CSV in UTF-8 or GB18030.",
        )
    })?;
    let mut table = Table { line: 1, titles: Vec::new(), rows: Vec::new() };
    let mut lines = LineCounter { rest: text.as_bytes(), at: 0, line: 1 };
    for record in reader(&text, separator(&text)).records() {
        let record = record.map_err(|error| {
            let byte = error.position().map_or(0, csv::Position::byte);
            FieldProblem::on_line(lines.line_of(byte), "malformed", "This line can't be read as CSV.")
        })?;
        if is_blank(&record) {
            continue;
        }
        let line = lines.line_of(record.position().map_or(0, csv::Position::byte));
        let cells = record.iter().map(ToOwned::to_owned).collect();
        if table.titles.is_empty() {
            (table.line, table.titles) = (line, cells);
        } else if table.rows.len() == rows_max {
            let message = format!("At most {rows_max} rows at a time: split the file.");
            return Err(FieldProblem::on_line(line, "too_many_rows", message).fact("most", rows_max));
        } else {
            table.rows.push(Row { line, cells });
        }
    }
    Ok(table)
}

/// The text of a file: by its byte order mark, else UTF-8, else GB18030. A spreadsheet's own format is none: it is full
/// of zero bytes. With one kind of line end, so that lines count as an editor counts them.
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

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(separator)
        .from_reader(text.as_bytes())
}

fn is_blank(record: &csv::StringRecord) -> bool {
    record.iter().all(str::is_empty)
}

/// The separator that makes most columns of the titles. The reader itself counts them: a title in quotes may hold
/// separators and line breaks.
fn separator(text: &str) -> u8 {
    let columns = |separator: &u8| {
        let mut records = reader(text, *separator).into_records().filter_map(Result::ok);
        records.find(|record| !is_blank(record)).map_or(0, |titles| titles.len())
    };
    // Of equals the last wins, and a comma is the likeliest.
    [b'\t', b';', b','].into_iter().max_by_key(columns).unwrap_or(b',')
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

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(file: &str) -> Vec<String> {
        read(file.as_bytes(), 10).unwrap_or_else(|problem| panic!("{problem:?}")).titles
    }

    #[test]
    fn the_separator_is_what_parts_the_titles_not_what_stands_in_one() {
        assert_eq!(titles("name,number\n1,2\n"), ["name", "number"]);
        assert_eq!(titles("name\tnumber\n1\t2\n"), ["name", "number"]);
        assert_eq!(titles("\"Name, first, last\";number\n1;2\n"), ["Name, first, last", "number"]);
        assert_eq!(titles("\"Number\n(see card, back)\";name\n1;2\n"), ["Number\n(see card, back)", "name"]);
        assert_eq!(titles("\"a \"\"b\"\", c;\nd\"\tname\n1\t2\n"), ["a \"b\", c;\nd", "name"]);
        assert_eq!(titles("\n,,,\nname,number\n"), ["name", "number"]);
        assert_eq!(titles("name\n1,2\n"), ["name"]);
    }

    #[test]
    fn the_titles_line_is_known_too() {
        let table = read(b"\n,,\nname,number\n\n1,2\n", 10).unwrap_or_else(|problem| panic!("{problem:?}"));
        assert_eq!((table.line, table.rows[0].line), (3, 5));
    }
}
