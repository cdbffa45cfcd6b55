//! A sitting's roster as a file brings it: people, and what extra time they get.

use foundation::Span;
use people_file::{Cells, Column, PeopleFile, PersonLine};

/// The most extra time in percent of the duration.
pub const EXTRA_PERCENT_MAX: u32 = 300;
/// The most extra time in minutes.
pub const EXTRA_MINUTES_MAX: u32 = 1_440;

/// Extra time by accommodation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accommodation {
    /// Percent of the duration.
    pub percent: u32,
    /// A fixed span.
    pub fixed: Span,
}

/// The longest name of a room, in characters.
pub const ROOM_CHARS_MAX: usize = 100;

/// What a roster says of a person's place in this sitting; none where the file has no such column, or its cells are
/// empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Extra time.
    pub extra: Option<Accommodation>,
    /// Where they sit.
    pub room: Option<String>,
}

/// A row of a roster: a person, and their place.
pub type RosterRow = PersonLine<Place>;

/// Reads a roster. A file that can't be read at all has no rows and says why.
pub fn read(bytes: &[u8]) -> PeopleFile<Place> {
    people_file::read(bytes, |cells| Place { extra: extra_time(cells), room: room(cells) })
}

fn room(cells: &mut Cells<'_>) -> Option<String> {
    let name = cells.get(Column::Room).trim();
    if name.chars().count() > ROOM_CHARS_MAX {
        let message = format!("At most {ROOM_CHARS_MAX} characters.");
        cells.report_with(Column::Room, "too_long", message, [("most", ROOM_CHARS_MAX as u32)]);
    }
    (!name.is_empty()).then(|| name.to_owned())
}

fn extra_time(cells: &mut Cells<'_>) -> Option<Accommodation> {
    let percent = amount(cells, Column::ExtraPercent, EXTRA_PERCENT_MAX);
    let minutes = amount(cells, Column::ExtraMinutes, EXTRA_MINUTES_MAX);
    (percent.is_some() || minutes.is_some()).then(|| Accommodation {
        percent: percent.unwrap_or(0),
        fixed: Span::from_minutes(i64::from(minutes.unwrap_or(0))),
    })
}

/// A whole number, perhaps with `%` behind it; none for an empty cell.
fn amount(cells: &mut Cells<'_>, column: Column, max: u32) -> Option<u32> {
    let cell = people_file::half_width(cells.get(column));
    let digits = cell.trim_end_matches('%').trim();
    if digits.is_empty() {
        return None;
    }
    let number = digits.parse::<u32>().ok().filter(|number| *number <= max);
    if number.is_none() {
        let message = format!("A whole number from 0 to {max} is needed here.");
        cells.report_with(column, "out_of_range", message, [("least", 0), ("most", max)]);
    }
    number
}

#[cfg(test)]
mod tests {
    use encoding_rs::GB18030;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn chinese_and_english_files_in_any_encoding_read_the_same() {
        let chinese = "学号,姓名,延时百分比,延时分钟\r\n001,李伟,２５%,\r\n002,王芳,,10\r\n";
        let english = "\u{feff}Name;Number;Extra time (minutes);Extra_Percent\n李伟;001;;25\n王芳;002;10;\n";
        let (gb18030, ..) = GB18030.encode(chinese);
        let read_chinese = read(chinese.as_bytes());
        assert_eq!(read_chinese.problems, []);
        let extras: Vec<_> = read_chinese.rows.iter().map(|row| row.more.extra.unwrap()).collect();
        assert_eq!(
            extras,
            [
                Accommodation { percent: 25, fixed: Span::ZERO },
                Accommodation { percent: 0, fixed: Span::from_minutes(10) },
            ]
        );
        for file in [&gb18030[..], english.as_bytes()] {
            assert_eq!(read(file), read_chinese);
        }
    }

    #[test]
    fn extra_time_that_can_not_be_read_is_named_by_line_and_column() {
        let file = "number,name,extra_percent,extra_minutes\nA6,Fay,301,\nA7,Gil,-5,x\nA8,Hal,ten,\nA9,Ida\n";
        let read = read(file.as_bytes());
        let found: Vec<_> = read
            .problems
            .iter()
            .map(|p| format!("{} {} {}", p.line.unwrap(), p.field.as_deref().unwrap(), p.code))
            .collect();
        assert_eq!(
            found,
            [
                "2 extra_percent out_of_range",
                "3 extra_percent out_of_range",
                "3 extra_minutes out_of_range",
                "4 extra_percent out_of_range",
            ]
        );
        assert_eq!((read.rows.len(), read.rows[0].line, &read.rows[0].more), (1, 5, &Place::default()));
    }

    #[test]
    fn a_room_is_taken_as_it_is_named_and_may_be_missing() {
        let file = format!("学号,姓名,考场\n1,A, 3号楼 201 \n2,B,\n3,C,{}\n", "x".repeat(101));
        let read = read(file.as_bytes());
        let rooms: Vec<_> = read.rows.iter().map(|row| row.more.room.as_deref()).collect();
        assert_eq!((rooms, read.problems.len()), (vec![Some("3号楼 201"), None], 1));
        assert_eq!((read.problems[0].line, &*read.problems[0].code), (Some(4), "too_long"));
    }

    proptest! {
        #[test]
        fn any_cell_is_read_without_a_panic(cell: String) {
            read(format!("number,name,extra_percent\nA,B,{cell}\n").as_bytes());
        }
    }
}
