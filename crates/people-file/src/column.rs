//! The columns, and what people call them.

use super::fold::fold;

/// What a column of a people's file can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// A student, staff or candidate number.
    Number,
    /// A name.
    Name,
    /// An e-mail address.
    Email,
    /// A class, by id, code or name.
    Class,
    /// Extra time in percent of the duration.
    ExtraPercent,
    /// Extra time in minutes.
    ExtraMinutes,
    /// Where somebody sits.
    Room,
}

impl Column {
    /// Every column.
    pub const ALL: [Self; 7] = [
        Self::Number,
        Self::Name,
        Self::Email,
        Self::Class,
        Self::ExtraPercent,
        Self::ExtraMinutes,
        Self::Room,
    ];

    /// The column's name where problems are reported.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Name => "name",
            Self::Email => "email",
            Self::Class => "class",
            Self::ExtraPercent => "extra_percent",
            Self::ExtraMinutes => "extra_minutes",
            Self::Room => "room",
        }
    }

    /// What the column may be called, as [`plain`] leaves it. The one list: the frontend's is made from it.
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Number => &[
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
                "考生号",
                "准考证号",
                "编号",
                "工号",
                "学籍号",
            ],
            Self::Name => &[
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
            Self::Email => &["email", "mail", "emailaddress", "邮箱", "电子邮箱", "电子邮件", "邮件"],
            Self::Class => &[
                "class",
                "classname",
                "classcode",
                "classid",
                "group",
                "班级",
                "班",
                "行政班",
                "教学班",
                "所在班级",
            ],
            Self::ExtraPercent => &[
                "extrapercent",
                "extra%",
                "extratime%",
                "extratimein%",
                "extratimepercent",
                "extratimeinpercent",
                "加时百分比",
                "延时百分比",
                "加时%",
                "延时%",
            ],
            Self::ExtraMinutes => &[
                "extraminutes",
                "extratimeminutes",
                "extratimeinminutes",
                "加时分钟",
                "延时分钟",
                "加时",
                "延时",
            ],
            Self::Room => {
                &["room", "roomno", "roomname", "hall", "examroom", "考场", "教室", "考场号", "考室"]
            }
        }
    }

    /// The column that a title names.
    pub fn of_title(title: &str) -> Option<Self> {
        let title = plain(title);
        Self::ALL.into_iter().find(|column| column.names().contains(&title.as_str()))
    }
}

/// A title in half width and lower case, of which only letters, digits and `%` are left: `＊Extra Time (minutes)` is
/// `extratimeminutes`.
fn plain(title: &str) -> String {
    fold(title).chars().filter(|c| c.is_alphanumeric() || *c == '%').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_means_one_column_and_stands_as_titles_are_compared() {
        for column in Column::ALL {
            for name in column.names() {
                assert_eq!((plain(name).as_str(), Column::of_title(name)), (*name, Some(column)));
            }
            assert_eq!(Column::of_title(column.field()), Some(column));
        }
    }

    #[test]
    fn a_title_is_known_however_it_is_dressed() {
        assert_eq!(Column::of_title("Ｅxtra Time (%)"), Some(Column::ExtraPercent));
        assert_eq!(Column::of_title("*学号："), Some(Column::Number));
        assert_eq!(Column::of_title("Student\nNo."), Some(Column::Number));
        assert_eq!(Column::of_title("e-mail"), Some(Column::Email));
        assert_eq!(Column::of_title("Remarks"), None);
    }

    /// `scripts/gen.sh` writes it; this says so where nobody ran it.
    #[test]
    fn the_frontends_list_is_this_list() {
        let file =
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../frontend/src/shared/people-file/column-names.gen.ts");
        let text = std::fs::read_to_string(file).unwrap();
        for column in Column::ALL {
            let line =
                text.lines().find(|line| line.trim_start().starts_with(&format!("{}:", column.field())));
            let names: Vec<String> = column.names().iter().map(|name| format!("{name:?}")).collect();
            assert_eq!(line, Some(format!("  {}: [{}],", column.field(), names.join(", ")).as_str()));
        }
    }
}
