//! The organisation: faculties, courses and classes.

use authz::{UnitId, UnitPath};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a unit is; a unit lies below one of a wider kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// A faculty, school or department; faculties may hold departments.
    Faculty,
    /// A course: what is taught and examined.
    Course,
    /// A class: the people who take a course, or who study together.
    Class,
}

impl UnitKind {
    /// Its name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Faculty => "faculty",
            Self::Course => "course",
            Self::Class => "class",
        }
    }

    /// The kind of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Faculty, Self::Course, Self::Class].into_iter().find(|kind| kind.name() == name)
    }

    /// Whether a unit of this kind may lie right below one of `parent`'s (none: the institution).
    pub fn fits_below(self, parent: Option<Self>) -> bool {
        match parent {
            None => true,
            Some(Self::Faculty) => true,
            Some(Self::Course) => self == Self::Class,
            Some(Self::Class) => false,
        }
    }
}

/// An organisation unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// The unit that it lies right below; none for one right below the institution.
    pub parent: Option<UnitId>,
    /// What it is.
    pub kind: UnitKind,
    /// Its name.
    pub name: String,
    /// Its place in the tree. Never changes.
    pub path: UnitPath,
}

#[cfg(test)]
mod tests {
    use super::UnitKind::{Class, Course, Faculty};

    #[test]
    fn a_faculty_holds_courses_a_course_holds_classes_and_a_class_holds_nothing() {
        assert!(
            Faculty.fits_below(None) && Faculty.fits_below(Some(Faculty)) && Course.fits_below(Some(Faculty))
        );
        assert!(Class.fits_below(Some(Course)) && Class.fits_below(Some(Faculty)));
        assert!(
            !Faculty.fits_below(Some(Course))
                && !Course.fits_below(Some(Course))
                && !Class.fits_below(Some(Class))
        );
    }
}
