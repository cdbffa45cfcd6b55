//! A sitting's roster as a file brings it: people, and what extra time they get.

use std::collections::HashMap;

use auth_api::{DisplayName, Email, PEOPLE_MAX, PersonNumber, PersonRow};
use authz::UnitId;
use foundation::{FieldProblem, Span, Text, TextError};

use super::table::{self, Row};

/// Problems that are reported, at most: a file in which every row is wrong needn't list them all.
pub const PROBLEMS_MAX: usize = 200;
/// The most extra time in percent of the duration.
pub const EXTRA_PERCENT_MAX: u32 = 300;
/// The most extra time in minutes.
pub const EXTRA_MINUTES_MAX: u32 = 1_440;

/// A row of a roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterRow {
    /// Its line in the file, from 1.
    pub line: u32,
    /// Who.
    pub person: PersonRow,
    /// Extra time for this sitting; none where the file has no such column, or its cells are empty.
    pub extra: Option<Accommodation>,
}

/// Extra time by accommodation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accommodation {
    /// Percent of the duration.
    pub percent: u32,
    /// A fixed span.
    pub fixed: Span,
}

/// A roster as read: its rows, and what is wrong with others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// The rows that can be read.
    pub rows: Vec<RosterRow>,
    /// What is wrong, by line.
    pub problems: Vec<FieldProblem>,
    /// What is passed over, by line.
    pub warnings: Vec<FieldProblem>,
}

#[derive(Clone, Copy)]
struct Columns {
    number: Option<usize>,
    name: Option<usize>,
    email: Option<usize>,
    class: Option<usize>,
    percent: Option<usize>,
    minutes: Option<usize>,
}

/// Reads a roster. A file that can't be read at all has no rows and one problem.
pub fn read(bytes: &[u8]) -> Roster {
    let mut roster = Roster::default();
    let table = match table::read(bytes, PEOPLE_MAX) {
        Ok(table) => table,
        Err(problem) => {
            roster.problems.push(problem);
            return roster;
        }
    };
    let columns = columns(&table.titles);
    for (column, title) in [(columns.number, "number (学号)"), (columns.name, "name (姓名)")] {
        if column.is_none() {
            let message = format!("The first line must name the columns, and none is called {title}.");
            roster.report(vec![FieldProblem::on_line(1, "column_missing", message)]);
        }
    }
    if !roster.problems.is_empty() {
        return roster;
    }
    let mut seen: HashMap<String, u32> = HashMap::new();
    for row in &table.rows {
        if class_of(row, &columns).is_err() && roster.warnings.len() < PROBLEMS_MAX {
            let message = "A class is named by its id; this cell is passed over.";
            roster.warnings.push(cell_problem(row, "class", "class_unknown", message));
        }
        let read = match read_row(row, &columns) {
            Ok(read) => read,
            Err(problems) => {
                roster.report(problems);
                continue;
            }
        };
        match seen.insert(half_width(&read.person.number).to_lowercase(), row.line) {
            Some(first) => {
                let message = format!("This number stands on line {first} already.");
                roster.report(vec![cell_problem(row, "number", "duplicate", message)]);
            }
            None => roster.rows.push(read),
        }
    }
    if table.rows.is_empty() {
        roster.report(vec![FieldProblem::on_line(1, "empty", "There are no people in this file.")]);
    }
    roster
}

impl Roster {
    fn report(&mut self, problems: Vec<FieldProblem>) {
        let room = PROBLEMS_MAX.saturating_sub(self.problems.len());
        self.problems.extend(problems.into_iter().take(room));
    }
}

fn columns(titles: &[String]) -> Columns {
    let titles: Vec<String> = titles.iter().map(|title| plain_title(title)).collect();
    let find = |names: &[&str]| titles.iter().position(|title| names.contains(&title.as_str()));
    Columns {
        number: find(&[
            "number",
            "no",
            "id",
            "studentnumber",
            "studentno",
            "studentid",
            "candidatenumber",
            "candidateno",
            "学号",
            "考号",
            "考生号",
            "准考证号",
            "编号",
            "学籍号",
        ]),
        name: find(&[
            "name",
            "fullname",
            "displayname",
            "studentname",
            "candidatename",
            "姓名",
            "学生姓名",
            "考生姓名",
        ]),
        email: find(&["email", "mail", "emailaddress", "邮箱", "电子邮箱", "电子邮件"]),
        class: find(&["class", "classid", "班级", "班"]),
        percent: find(&[
            "extrapercent",
            "extra%",
            "extratime%",
            "加时百分比",
            "延时百分比",
            "加时%",
            "延时%",
        ]),
        minutes: find(&["extraminutes", "extratimeminutes", "加时分钟", "延时分钟", "加时", "延时"]),
    }
}

/// A title without case, width, spaces, `_`, `-` and brackets: `Extra Time (minutes)` is `extratimeminutes`.
fn plain_title(title: &str) -> String {
    half_width(title)
        .to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '(' | ')' | '"' | '\''))
        .collect()
}

/// Full-width letters, digits and signs as the half-width ones that they are.
fn half_width(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    };
    text.chars().map(narrow).collect()
}

fn read_row(row: &Row, columns: &Columns) -> Result<RosterRow, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let number: Option<PersonNumber> = bounded(row, columns.number, "number", &mut problems);
    let name: Option<DisplayName> = bounded(row, columns.name, "name", &mut problems);
    let email: Option<Email> = match row.cell(columns.email) {
        "" => None,
        cell if !looks_like_email(cell) => {
            problems.push(cell_problem(row, "email", "invalid", "This is no e-mail address."));
            None
        }
        _ => bounded(row, columns.email, "email", &mut problems),
    };
    let class = class_of(row, columns).ok().flatten();
    let percent = amount(row, columns.percent, "extra_percent", EXTRA_PERCENT_MAX, &mut problems);
    let minutes = amount(row, columns.minutes, "extra_minutes", EXTRA_MINUTES_MAX, &mut problems);
    let extra = (percent.is_some() || minutes.is_some()).then(|| Accommodation {
        percent: percent.unwrap_or(0),
        fixed: Span::from_minutes(i64::from(minutes.unwrap_or(0))),
    });
    match (number, name) {
        (Some(number), Some(display_name)) if problems.is_empty() => {
            Ok(RosterRow { line: row.line, person: PersonRow { number, display_name, email, class }, extra })
        }
        _ => Err(problems),
    }
}

/// The class that a row names; its id is all that can be looked up.
fn class_of(row: &Row, columns: &Columns) -> Result<Option<UnitId>, uuid::Error> {
    match row.cell(columns.class) {
        "" => Ok(None),
        cell => cell.parse().map(Some),
    }
}

fn bounded<const MIN: usize, const MAX: usize>(
    row: &Row,
    column: Option<usize>,
    field: &str,
    problems: &mut Vec<FieldProblem>,
) -> Option<Text<MIN, MAX>> {
    Text::new(row.cell(column))
        .map_err(|error| {
            problems.push(match error {
                TextError::TooShort { .. } => {
                    cell_problem(row, field, "missing", "This cell must not be empty.")
                }
                TextError::TooLong { max } => {
                    cell_problem(row, field, "too_long", format!("At most {max} characters."))
                }
                TextError::Control => {
                    cell_problem(row, field, "invalid", "There is a control character in this cell.")
                }
            });
        })
        .ok()
}

/// A whole number, perhaps with `%` behind it; none for an empty cell.
fn amount(
    row: &Row,
    column: Option<usize>,
    field: &str,
    max: u32,
    problems: &mut Vec<FieldProblem>,
) -> Option<u32> {
    let cell = half_width(row.cell(column));
    let digits = cell.trim_end_matches('%').trim();
    if digits.is_empty() {
        return None;
    }
    let number = digits.parse::<u32>().ok().filter(|number| *number <= max);
    if number.is_none() {
        let message = format!("A whole number from 0 to {max} is needed here.");
        problems.push(cell_problem(row, field, "out_of_range", message));
    }
    number
}

/// Whether a text is shaped like an e-mail address. Only a message that arrives proves one.
fn looks_like_email(text: &str) -> bool {
    match text.split_once('@') {
        Some((person, host)) => {
            !person.is_empty()
                && host.contains('.')
                && !host.starts_with('.')
                && !host.ends_with('.')
                && !host.contains('@')
                && !text.contains(char::is_whitespace)
        }
        None => false,
    }
}

fn cell_problem(row: &Row, field: &str, code: &str, message: impl Into<String>) -> FieldProblem {
    FieldProblem { field: Some(field.to_owned()), ..FieldProblem::on_line(row.line, code, message) }
}

#[cfg(test)]
mod tests {
    use encoding_rs::GB18030;
    use proptest::prelude::*;

    use super::*;

    fn problems(file: &[u8]) -> Vec<String> {
        read(file)
            .problems
            .into_iter()
            .map(|p| format!("{} {} {}", p.line.unwrap_or(0), p.field.unwrap_or_default(), p.code))
            .collect()
    }

    #[test]
    fn chinese_and_english_files_in_any_encoding_read_the_same() {
        let chinese = "学号,姓名,延时百分比,延时分钟\r\n001,李伟,２５%,\r\n002,王芳,,10\r\n";
        let english = "\u{feff}Name;Number;Extra time (minutes);Extra_Percent\n李伟;001;;25\n王芳;002;10;\n";
        let (gb18030, ..) = GB18030.encode(chinese);
        let mut utf_16 = vec![0xff, 0xfe];
        utf_16.extend(chinese.encode_utf16().flat_map(u16::to_le_bytes));
        let read_chinese = read(chinese.as_bytes());
        assert_eq!(read_chinese.problems, []);
        let extras: Vec<_> = read_chinese.rows.iter().map(|row| row.extra.unwrap()).collect();
        assert_eq!(
            extras,
            [
                Accommodation { percent: 25, fixed: Span::ZERO },
                Accommodation { percent: 0, fixed: Span::from_minutes(10) },
            ]
        );
        for file in [&gb18030[..], &utf_16, english.as_bytes()] {
            assert_eq!(read(file), read_chinese);
        }
    }

    #[test]
    fn each_wrong_row_is_named_by_its_line_as_an_editor_counts() {
        let file = "number,name,email,extra_percent\nA1,Ada,,\n\n,Bob,,\nA3,,x@y,\n\"A4\",\"Dora\nDora\",,\na1,Eve,,\nA6,Fay,,301\nA7,Gil,,-5\nA8,Hal,,ten\nA9,Ida\n";
        assert_eq!(
            problems(file.as_bytes()),
            [
                "4 number missing",
                "5 name missing",
                "5 email invalid",
                "8 number duplicate",
                "9 extra_percent out_of_range",
                "10 extra_percent out_of_range",
                "11 extra_percent out_of_range",
            ]
        );
        let lines: Vec<u32> = read(file.as_bytes()).rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 6, 12]);
    }

    #[test]
    fn a_file_that_is_no_roster_says_what_is_missing() {
        assert_eq!(problems(b""), ["1  column_missing", "1  column_missing"]);
        assert_eq!(problems(b"number,name\n"), ["1  empty"]);
        assert_eq!(problems(b"name\nAda\n"), ["1  column_missing"]);
        assert_eq!(problems(b"PK\x03\x04\x00\x00\xff\xff"), ["1  encoding_unknown"]);
        let long: String = "number,name\n".chars().chain("x,y\n".repeat(PEOPLE_MAX + 1).chars()).collect();
        assert_eq!(problems(long.as_bytes()), [format!("{}  too_many_rows", PEOPLE_MAX + 2)]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(bytes: Vec<u8>, header in "(number,name,extra_percent\n)?") {
            let mut file = header.into_bytes();
            file.extend(bytes);
            prop_assert!(read(&file).problems.len() <= PROBLEMS_MAX);
        }
    }
}
