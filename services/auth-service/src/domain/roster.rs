//! Reads a roster: a CSV file as schools and spreadsheets write it.
//!
//! Encodings: UTF-8 with or without a byte order mark, UTF-16 with one, and GB18030, which Chinese spreadsheets save.
//! Separators: comma, semicolon or tab, whichever the first line has most of. Columns in any order, by English or
//! Chinese names. A row that is wrong is reported with its line; the others are read on.

use std::collections::HashMap;

use auth_api::{DisplayName, Email, PEOPLE_MAX, PersonNumber};
use foundation::{FieldProblem, TextError};

use super::fold::fold;

/// The longest cell that is looked at, in bytes.
const CELL_BYTES_MAX: usize = 4_096;
/// Problems that are reported, at most; a file in which every row is wrong needn't list them all.
pub const PROBLEMS_MAX: usize = 200;

/// The columns, and what they may be called (folded, without spaces, `_` and `-`).
const COLUMNS: [(Column, &[&str]); 4] = [
    (
        Column::Number,
        &[
            "number",
            "no",
            "id",
            "studentnumber",
            "studentno",
            "studentid",
            "candidatenumber",
            "candidateno",
            "candidateid",
            "personnumber",
            "学号",
            "考号",
            "准考证号",
            "考生号",
            "编号",
            "工号",
            "学籍号",
        ],
    ),
    (
        Column::Name,
        &[
            "name",
            "fullname",
            "displayname",
            "studentname",
            "candidatename",
            "姓名",
            "名字",
            "学生姓名",
            "考生姓名",
        ],
    ),
    (Column::Email, &["email", "mail", "emailaddress", "邮箱", "电子邮箱", "电子邮件", "邮件"]),
    (Column::Class, &["class", "classname", "group", "班级", "班", "行政班", "教学班", "所在班级"]),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Column {
    Number,
    Name,
    Email,
    Class,
}

/// A row that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterRow {
    /// Its line in the file, from 1.
    pub line: u32,
    /// The person's number.
    pub number: PersonNumber,
    /// The person's name.
    pub display_name: DisplayName,
    /// Their e-mail address.
    pub email: Option<Email>,
    /// Their class, by name or code.
    pub class: Option<String>,
}

/// A roster as read: the rows, and what is wrong with the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// The rows that can be read, in the file's order.
    pub rows: Vec<RosterRow>,
    /// What is wrong, by line.
    pub problems: Vec<FieldProblem>,
}

/// Reads a roster. A file that can't be read at all has no rows and one problem.
pub fn read(bytes: &[u8]) -> Roster {
    match decode(bytes) {
        Some(text) => read_text(text.trim_end()),
        None => Roster {
            rows: Vec::new(),
            problems: vec![FieldProblem::on_line(
                1,
                "encoding_unknown",
                "This is no text that we can read: save the file as CSV in UTF-8 or GB18030.",
            )],
        },
    }
}

/// The file's text: by its byte order mark, else UTF-8, else GB18030.
fn decode(bytes: &[u8]) -> Option<String> {
    let text = if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..])?.into_owned()
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        text.to_owned()
    } else {
        encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes)?.into_owned()
    };
    // A spreadsheet's own format is full of zero bytes; a text has none.
    // One kind of line end, so that lines count as an editor counts them.
    if text.contains('\0') { None } else { Some(text.replace("\r\n", "\n").replace('\r', "\n")) }
}

fn read_text(text: &str) -> Roster {
    let mut roster = Roster::default();
    let first_line = text.lines().next().unwrap_or("");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(true)
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(delimiter(first_line))
        .from_reader(text.as_bytes());
    let columns = match reader.headers().map(columns_of) {
        Ok(Ok(columns)) => columns,
        Ok(Err(problem)) => {
            roster.problems.push(problem);
            return roster;
        }
        Err(error) => {
            roster.problems.push(unreadable(&error));
            return roster;
        }
    };
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut lines = Lines { text: text.as_bytes(), byte: 0, line: 1 };
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                roster.report(unreadable(&error));
                continue;
            }
        };
        if record.iter().all(str::is_empty) {
            continue;
        }
        let line = lines.of(record.position().map_or(0, csv::Position::byte));
        if roster.rows.len() >= PEOPLE_MAX {
            let message = format!("A roster has at most {PEOPLE_MAX} rows: split the file.");
            roster.report(FieldProblem::on_line(line, "too_many_rows", message));
            break;
        }
        match read_row(&record, &columns, line) {
            Ok(row) => {
                if let Some(first) = seen.insert(fold(&row.number), line) {
                    let message = format!("The number is on line {first} already.");
                    roster.report(FieldProblem {
                        field: Some("number".to_owned()),
                        ..FieldProblem::on_line(line, "duplicate", message)
                    });
                } else {
                    roster.rows.push(row);
                }
            }
            Err(problems) => problems.into_iter().for_each(|problem| roster.report(problem)),
        }
    }
    if roster.rows.is_empty() && roster.problems.is_empty() {
        roster.problems.push(FieldProblem::on_line(1, "empty", "There are no people in this file."));
    }
    roster
}

/// Counts lines as an editor does; the reader itself takes an empty line for the start of the next row.
struct Lines<'a> {
    text: &'a [u8],
    byte: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line of the first thing at or behind `byte`; asked for in the text's order.
    fn of(&mut self, byte: u64) -> u32 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX);
        while let Some(&here) = self.text.get(self.byte)
            && (self.byte < byte || here == b'\n')
        {
            self.line += u32::from(here == b'\n');
            self.byte += 1;
        }
        self.line
    }
}

impl Roster {
    fn report(&mut self, problem: FieldProblem) {
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(problem);
        }
    }
}

fn delimiter(first_line: &str) -> u8 {
    let count = |delimiter: u8| first_line.bytes().filter(|&byte| byte == delimiter).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|&delimiter| count(delimiter)).unwrap_or(b',')
}

fn columns_of(header: &csv::StringRecord) -> Result<HashMap<Column, usize>, FieldProblem> {
    let mut columns = HashMap::new();
    for (index, title) in header.iter().enumerate() {
        let title: String = fold(title)
            .trim_matches(|c: char| !c.is_alphanumeric())
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-'))
            .collect();
        if let Some((column, _)) = COLUMNS.iter().find(|(_, names)| names.contains(&title.as_str())) {
            columns.entry(*column).or_insert(index);
        }
    }
    for (column, name) in [(Column::Number, "number (学号)"), (Column::Name, "name (姓名)")] {
        if !columns.contains_key(&column) {
            let message = format!("The first line must name the columns, and there is none called {name}.");
            return Err(FieldProblem::on_line(1, "column_missing", message));
        }
    }
    Ok(columns)
}

fn read_row(
    record: &csv::StringRecord,
    columns: &HashMap<Column, usize>,
    line: u32,
) -> Result<RosterRow, Vec<FieldProblem>> {
    let cell = |column: Column| columns.get(&column).and_then(|&index| record.get(index)).unwrap_or("");
    let mut problems = Vec::new();
    let number = text::<1, 64>(cell(Column::Number), "number", line, &mut problems);
    let display_name = text::<1, 200>(cell(Column::Name), "name", line, &mut problems);
    let email = match cell(Column::Email) {
        "" => None,
        cell if !is_email(cell) => {
            problems.push(at("email", line, "invalid", "This is no e-mail address."));
            None
        }
        cell => text::<3, 254>(cell, "email", line, &mut problems),
    };
    if let Some(number) = &number
        && !number.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '@' | '+'))
    {
        problems.push(at("number", line, "invalid", "A number has letters, digits and . _ - @ + only."));
    }
    let class = Some(cell(Column::Class)).filter(|class| !class.is_empty() && class.len() <= CELL_BYTES_MAX);
    match (number, display_name) {
        (Some(number), Some(display_name)) if problems.is_empty() => {
            Ok(RosterRow { line, number, display_name, email, class: class.map(ToOwned::to_owned) })
        }
        _ => Err(problems),
    }
}

fn text<const MIN: usize, const MAX: usize>(
    cell: &str,
    field: &'static str,
    line: u32,
    problems: &mut Vec<FieldProblem>,
) -> Option<foundation::Text<MIN, MAX>> {
    foundation::Text::new(cell)
        .map_err(|error| {
            let (code, message) = match error {
                TextError::TooShort { .. } => ("missing", "This cell must not be empty.".to_owned()),
                TextError::TooLong { max } => ("too_long", format!("At most {max} characters.")),
                TextError::Control => ("invalid", "There is a control character in this cell.".to_owned()),
            };
            problems.push(at(field, line, code, message));
        })
        .ok()
}

/// Whether a text is shaped like an e-mail address. Only a message that arrives proves one.
pub fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(person, host)| {
        !person.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    }) && !text.contains(char::is_whitespace)
        && text.matches('@').count() == 1
}

fn at(field: &str, line: u32, code: &str, message: impl Into<String>) -> FieldProblem {
    FieldProblem {
        field: Some(field.to_owned()),
        line: Some(line),
        code: code.to_owned(),
        message: message.into(),
    }
}

fn unreadable(error: &csv::Error) -> FieldProblem {
    let line = error.position().map_or(1, |position| u32::try_from(position.line()).unwrap_or(u32::MAX));
    FieldProblem::on_line(line, "malformed", "This line can't be read as CSV.")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_chinese_spreadsheet_saved_as_gb18030_reads_like_utf_8() {
        let text = "学号,姓名,班级,邮箱\r\n20260001,李伟,计算机1班,li@example.org\r\n20260002,王芳,,\r\n";
        let (gb18030, _, _) = encoding_rs::GB18030.encode(text);
        let mut marked = vec![0xef, 0xbb, 0xbf];
        marked.extend(text.as_bytes());
        let mut utf_16 = vec![0xff, 0xfe];
        utf_16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        let plain = read(text.as_bytes());
        assert_eq!(plain.problems, []);
        assert_eq!(plain.rows[0].display_name.as_str(), "李伟");
        assert_eq!(plain.rows[0].class.as_deref(), Some("计算机1班"));
        assert_eq!((plain.rows[1].line, plain.rows[1].email.clone()), (3, None));
        assert_eq!(read(&gb18030), plain);
        assert_eq!(read(&marked), plain);
        assert_eq!(read(&utf_16), plain);
    }

    #[test]
    fn columns_are_found_by_name_in_any_order_and_with_any_separator() {
        let roster = read(b"Full Name;e-mail;\"Student ID\"\nAda Byron;ada@example.org;A-1\n");
        assert_eq!(roster.problems, []);
        assert_eq!(
            (roster.rows[0].number.as_str(), roster.rows[0].display_name.as_str()),
            ("A-1", "Ada Byron")
        );
        assert_eq!(read(b"name\tnumber\nAda\tA1\n").rows.len(), 1);
    }

    #[test]
    fn each_wrong_row_is_named_by_its_line_and_the_others_are_read_on() {
        let file = "number,name,email\nA1,Ada,\n,Bob,\nA3,,x\n\"A4\",\"Dora\nDora\",\nA1,Eve,\nA 6,Fay,\n\nA7,Gil,\n";
        let roster = read(file.as_bytes());
        let found: Vec<_> = roster
            .problems
            .iter()
            .map(|p| (p.line.unwrap(), p.field.as_deref().unwrap_or(""), p.code.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                (3, "number", "missing"),
                (4, "name", "missing"),
                (4, "email", "invalid"),
                (7, "number", "duplicate"),
                (8, "number", "invalid"),
            ]
        );
        assert_eq!(roster.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 5, 10]);
    }

    #[test]
    fn a_file_that_is_no_roster_says_what_is_missing() {
        for (file, code) in [
            (&b""[..], "column_missing"),
            (b"number,name\n", "empty"),
            (b"a,b\n1,2\n", "column_missing"),
            (b"PK\x03\x04\x00\x00\xff\xff", "encoding_unknown"),
        ] {
            let roster = read(file);
            assert_eq!((roster.rows.len(), roster.problems[0].code.as_str()), (0, code), "{file:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(bytes: Vec<u8>, header in "(number,name\n)?") {
            let mut file = header.into_bytes();
            file.extend(bytes);
            let roster = read(&file);
            prop_assert!(roster.problems.len() <= PROBLEMS_MAX);
        }
    }
}
