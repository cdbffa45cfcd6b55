//! People, row by row.

use std::collections::HashMap;

use auth_api::{PEOPLE_MAX, PersonRow};
use foundation::{FieldProblem, Text, TextError};

use super::{
    column::Column,
    email::is_email,
    fold::fold,
    table::{self, Row},
};

/// Problems that are reported, at most: a file in which every row is wrong needn't list them all.
pub const PROBLEMS_MAX: usize = 200;

/// A file as read: its rows, and what is wrong with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeopleFile<M> {
    /// The rows that can be read, in the file's order.
    pub rows: Vec<PersonLine<M>>,
    /// What is wrong, by line.
    pub problems: Vec<FieldProblem>,
}

/// A row that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonLine<M> {
    /// Its line in the file, from 1.
    pub line: u32,
    /// Who.
    pub person: PersonRow,
    /// What else the caller reads of a row.
    pub more: M,
}

impl<M> PersonLine<M> {
    /// Something wrong with this row's cell of a column.
    pub fn problem(&self, column: Column, code: &str, message: impl Into<String>) -> FieldProblem {
        cell_problem(self.line, column, code, message)
    }
}

/// A row while it is read.
pub struct Cells<'a> {
    row: &'a Row,
    places: &'a HashMap<Column, usize>,
    problems: Vec<FieldProblem>,
}

impl<'a> Cells<'a> {
    /// The cell of a column; empty where the file has no such column or the row is shorter.
    pub fn get(&self, column: Column) -> &'a str {
        self.places.get(&column).and_then(|place| self.row.cells.get(*place)).map_or("", String::as_str)
    }

    /// Says that a cell is wrong: its row is then left out.
    pub fn report(&mut self, column: Column, code: &str, message: impl Into<String>) {
        self.report_with(column, code, message, []);
    }

    /// The same, with what the message names: [`FieldProblem::facts`].
    pub fn report_with<const N: usize>(
        &mut self,
        column: Column,
        code: &str,
        message: impl Into<String>,
        facts: [(&str, u32); N],
    ) {
        let problem = cell_problem(self.row.line, column, code, message);
        self.problems
            .push(facts.into_iter().fold(problem, |problem, (name, value)| problem.fact(name, value)));
    }

    fn text<const MIN: usize, const MAX: usize>(&mut self, column: Column) -> Option<Text<MIN, MAX>> {
        match Text::new(self.get(column)) {
            Ok(text) => return Some(text),
            Err(TextError::TooShort { .. }) => {
                self.report(column, "missing", "This cell must not be empty.");
            }
            Err(TextError::TooLong { max }) => {
                let most = u32::try_from(max).unwrap_or(u32::MAX);
                self.report_with(column, "too_long", format!("At most {max} characters."), [("most", most)]);
            }
            Err(TextError::Control) => {
                self.report(column, "invalid", "There is a control character in this cell.");
            }
        }
        None
    }

    fn text_unless_empty<const MIN: usize, const MAX: usize>(
        &mut self,
        column: Column,
    ) -> Option<Text<MIN, MAX>> {
        if self.get(column).is_empty() { None } else { self.text(column) }
    }
}

/// Reads a file of people, and by `more` what else the caller wants of each row. A file that can't be read at all has
/// no rows and says why.
pub fn read<M>(bytes: &[u8], more: impl Fn(&mut Cells<'_>) -> M) -> PeopleFile<M> {
    let mut file = PeopleFile { rows: Vec::new(), problems: Vec::new() };
    let table = match table::read(bytes, PEOPLE_MAX) {
        Ok(table) => table,
        Err(problem) => {
            file.problems.push(problem);
            return file;
        }
    };
    let mut places = HashMap::new();
    for (place, title) in table.titles.iter().enumerate() {
        if let Some(column) = Column::of_title(title) {
            places.entry(column).or_insert(place);
        }
    }
    for (column, title) in [(Column::Number, "number (学号)"), (Column::Name, "name (姓名)")] {
        if !places.contains_key(&column) {
            let message = format!("The first line must name the columns, and none is called {title}.");
            let problem = FieldProblem::on_line(table.line, "column_missing", message);
            file.problems.push(problem.fact("title", title));
        }
    }
    if !file.problems.is_empty() {
        return file;
    }
    if table.rows.is_empty() {
        // Of the whole file: there is no line to look at.
        file.problems.push(FieldProblem::overall("empty", "There are no people in this file."));
    }
    let mut seen: HashMap<String, u32> = HashMap::new();
    for row in &table.rows {
        match read_row(row, &places, &mut seen, &more) {
            Ok(read) => file.rows.push(read),
            Err(problems) => file.report(problems),
        }
    }
    file
}

impl<M> PeopleFile<M> {
    fn report(&mut self, problems: Vec<FieldProblem>) {
        let room = PROBLEMS_MAX.saturating_sub(self.problems.len());
        self.problems.extend(problems.into_iter().take(room));
    }
}

/// Reads a row; `seen` has each number that could be read, with the line where it stood first.
fn read_row<M>(
    row: &Row,
    places: &HashMap<Column, usize>,
    seen: &mut HashMap<String, u32>,
    more: impl Fn(&mut Cells<'_>) -> M,
) -> Result<PersonLine<M>, Vec<FieldProblem>> {
    let mut cells = Cells { row, places, problems: Vec::new() };
    let number = cells.text(Column::Number);
    if let Some(number) = &number {
        let first = *seen.entry(fold(number)).or_insert(row.line);
        if first != row.line {
            let message = format!("This number stands on line {first} already.");
            cells.report_with(Column::Number, "duplicate", message, [("first_line", first)]);
        }
    }
    let name = cells.text(Column::Name);
    let email = match cells.get(Column::Email) {
        cell if !cell.is_empty() && !is_email(cell) => {
            cells.report(Column::Email, "invalid", "This is no e-mail address.");
            None
        }
        _ => cells.text_unless_empty(Column::Email),
    };
    let class = cells.text_unless_empty(Column::Class);
    let more = more(&mut cells);
    match (number, name) {
        (Some(number), Some(display_name)) if cells.problems.is_empty() => {
            let person = PersonRow { number, display_name, email, class };
            Ok(PersonLine { line: row.line, person, more })
        }
        _ => Err(cells.problems),
    }
}

fn cell_problem(line: u32, column: Column, code: &str, message: impl Into<String>) -> FieldProblem {
    FieldProblem { field: Some(column.field().to_owned()), ..FieldProblem::on_line(line, code, message) }
}

#[cfg(test)]
mod tests {
    use encoding_rs::GB18030;
    use proptest::prelude::*;

    use super::*;

    fn people(file: &[u8]) -> PeopleFile<()> {
        read(file, |_| ())
    }

    fn problems(file: &[u8]) -> Vec<String> {
        people(file)
            .problems
            .into_iter()
            .map(|p| format!("{} {} {}", p.line.unwrap_or(0), p.field.unwrap_or_default(), p.code))
            .collect()
    }

    #[test]
    fn a_chinese_file_reads_the_same_in_any_encoding() {
        let text = "学号,姓名,班级,邮箱\r\n20260001,李伟,计算机1班,li@example.org\r\n20260002,王芳,,\r\n";
        let (gb18030, ..) = GB18030.encode(text);
        let marked = format!("\u{feff}{text}");
        let mut utf_16 = vec![0xff, 0xfe];
        utf_16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        let plain = people(text.as_bytes());
        assert_eq!(plain.problems, []);
        assert_eq!(plain.rows[0].person.display_name.as_str(), "李伟");
        assert_eq!(plain.rows[0].person.class.as_deref(), Some("计算机1班"));
        assert_eq!((plain.rows[1].line, plain.rows[1].person.email.clone()), (3, None));
        for file in [&gb18030[..], marked.as_bytes(), &utf_16] {
            assert_eq!(people(file), plain);
        }
    }

    #[test]
    fn columns_are_found_by_name_in_any_order_and_with_any_separator() {
        let file = people(
            b"Full Name;e-mail;\"Student\nID, new\";\"Student ID\"\nAda Byron;ada@example.org;B;A-1\n",
        );
        assert_eq!(file.problems, []);
        let person = &file.rows[0].person;
        assert_eq!(
            (person.number.as_str(), person.display_name.as_str(), file.rows[0].line),
            ("A-1", "Ada Byron", 3)
        );
        assert_eq!(people(b"name\tnumber\nAda\tA1\n").rows.len(), 1);
        assert_eq!(people(b"id,number,name\nA1,B1,Ada\n").rows[0].person.number.as_str(), "A1");
    }

    #[test]
    fn each_wrong_row_is_named_by_its_line_as_an_editor_counts_and_the_others_are_read_on() {
        let class = "x".repeat(201);
        let file = format!(
            "number,name,email,class\nA1,Ada,,\n\n,Bob,,\nA3,,x@y,\n\"A4\",\"Dora\nDora\",,\nａ1,Eve,,\nA6,Fay,,{class}\nA7,G\u{7}l,,\nA8,Ida\n"
        );
        assert_eq!(
            problems(file.as_bytes()),
            [
                "4 number missing",
                "5 name missing",
                "5 email invalid",
                "8 number duplicate",
                "9 class too_long",
                "10 name invalid",
            ]
        );
        let lines: Vec<u32> = people(file.as_bytes()).rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 6, 11]);
    }

    #[test]
    fn a_number_stands_twice_whatever_else_is_wrong_with_its_rows() {
        let file = "number,name,email\nA1,Ada,x\nA1,Bo,\nA1,,y\nA2,Cy,\nA1,Di,\n";
        assert_eq!(
            problems(file.as_bytes()),
            [
                "2 email invalid",
                "3 number duplicate",
                "4 number duplicate",
                "4 name missing",
                "4 email invalid",
                "6 number duplicate",
            ]
        );
        // All name the line where it stood first.
        let firsts: Vec<_> = people(file.as_bytes())
            .problems
            .into_iter()
            .filter(|problem| problem.code == "duplicate")
            .map(|problem| (problem.message, problem.facts["first_line"].clone()))
            .collect();
        assert_eq!(firsts, vec![("This number stands on line 2 already.".to_owned(), 2.into()); 3]);
    }

    #[test]
    fn what_a_message_names_is_told_beside_it() {
        let facts = |file: &str| people(file.as_bytes()).problems[0].facts.clone();
        let class = "x".repeat(201);
        assert_eq!(facts(&format!("number,name,class\nA1,Ada,{class}\n"))["most"], 200);
        assert_eq!(facts("number\nA1\n")["title"], "name (姓名)");
        let long = format!("number,name\n{}", "x,y\n".repeat(PEOPLE_MAX + 1));
        assert_eq!(facts(&long)["most"], PEOPLE_MAX);
        assert!(facts("number,name\n,Ada\n").is_empty());
    }

    #[test]
    fn a_file_that_holds_no_people_says_what_is_missing() {
        assert_eq!(problems(b""), ["1  column_missing", "1  column_missing"]);
        for file in [&b"number,name\n"[..], b"\n\nnumber,name\n\n"] {
            assert_eq!(people(file).problems.iter().map(|p| p.line).collect::<Vec<_>>(), [None]);
            assert_eq!(problems(file), ["0  empty"]);
        }
        assert_eq!(problems(b"\n\nname\nAda\n"), ["3  column_missing"]);
        assert_eq!(problems(b"PK\x03\x04\x00\x00\xff\xff"), ["1  encoding_unknown"]);
        let long = format!("number,name\n{}", "x,y\n".repeat(PEOPLE_MAX + 1));
        assert_eq!(problems(long.as_bytes()), [format!("{}  too_many_rows", PEOPLE_MAX + 2)]);
    }

    #[test]
    fn what_the_caller_reads_can_refuse_a_row_too() {
        let file = read(b"number,name,extra_percent\nA1,Ada,5\nA2,Bo,x\n", |cells| {
            let cell = cells.get(Column::ExtraPercent);
            if cell == "x" {
                cells.report(Column::ExtraPercent, "out_of_range", "No.");
            }
            cell.to_owned()
        });
        assert_eq!((file.rows.len(), file.rows[0].more.as_str()), (1, "5"));
        assert_eq!(
            (file.problems[0].line, file.problems[0].field.as_deref()),
            (Some(3), Some("extra_percent"))
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(bytes: Vec<u8>, header in "(number,name,class\n)?") {
            let mut file = header.into_bytes();
            file.extend(bytes);
            prop_assert!(people(&file).problems.len() <= PROBLEMS_MAX);
        }
    }
}
