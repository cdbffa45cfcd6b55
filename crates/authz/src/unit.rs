//! Where in the organisation a thing lies.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::UnitId;

/// A unit's place in the tree: `/` for the whole institution, `/faculty/course/` with ids for a unit below it.
///
/// A grant on a path covers every path that starts with it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "/")]
pub struct UnitPath(String);

/// A text that isn't a unit path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a unit path is `/`, or ids between slashes")]
pub struct NotAUnitPath;

impl UnitPath {
    /// Units below one another, at most.
    pub const DEPTH_MAX: usize = 8;

    /// The whole institution.
    pub fn institution() -> Self {
        Self("/".to_owned())
    }

    /// The path of a unit that lies right below this one.
    #[must_use]
    pub fn child(&self, unit: UnitId) -> Self {
        Self(format!("{}{unit}/", self.0))
    }

    /// Whether `other` is this unit or lies below it.
    pub fn covers(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }

    /// The path as stored and sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The unit itself; none for the whole institution.
    pub fn unit(&self) -> Option<UnitId> {
        self.0.trim_end_matches('/').rsplit('/').next().and_then(|id| id.parse().ok())
    }
}

impl TryFrom<String> for UnitPath {
    type Error = NotAUnitPath;
    fn try_from(text: String) -> Result<Self, NotAUnitPath> {
        let Some(inner) = text.strip_prefix('/') else { return Err(NotAUnitPath) };
        let ids = inner.split_terminator('/');
        let ends = inner.is_empty() || inner.ends_with('/');
        if ends
            && ids.clone().count() <= Self::DEPTH_MAX
            && ids.clone().all(|id| id.parse::<UnitId>().is_ok())
        {
            Ok(Self(text))
        } else {
            Err(NotAUnitPath)
        }
    }
}
impl From<UnitPath> for String {
    fn from(path: UnitPath) -> Self {
        path.0
    }
}
impl fmt::Display for UnitPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_covers_itself_and_what_lies_below() {
        let faculty = UnitPath::institution().child(UnitId::from_uuid(Default::default()));
        let course = faculty.child("0192f0c1-2345-7abc-8def-0123456789ab".parse().unwrap());
        assert!(
            UnitPath::institution().covers(&faculty) && faculty.covers(&course) && faculty.covers(&faculty)
        );
        assert!(!course.covers(&faculty));
        assert_eq!(UnitPath::try_from(course.to_string()).unwrap(), course);
        assert_eq!(course.unit().unwrap().to_string(), "0192f0c1-2345-7abc-8def-0123456789ab");
    }

    #[test]
    fn a_text_that_is_no_path_is_refused() {
        for text in ["", "x", "/x", "/x/", "//", "/0192f0c1-2345-7abc-8def-0123456789ab"] {
            assert!(UnitPath::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
