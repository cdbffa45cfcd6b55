//! Ids with a type each, so that an attempt can't be passed where a question belongs.

use std::{borrow::Cow, cmp::Ordering, fmt, hash, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, Type};
use uuid::Uuid;

use crate::{Clock, Random, column::stored_as};

/// What an [`Id`] names. Implemented by empty enums: see [`id_kinds!`](crate::id_kinds).
pub trait IdKind: 'static {
    /// The thing's name in errors and logs, lower case: `attempt`.
    const NAME: &'static str;
}

/// Makes kinds of ids, each with the name of its [`Id`]:
///
/// ```
/// foundation::id_kinds! {
///     /// A lecture hall.
///     Hall = "hall", HallId;
/// }
/// let hall: HallId = "0194237f-4c1a-7000-8000-000000000000".parse()?;
/// assert_eq!(format!("{hall:?}"), "hall:0194237f-4c1a-7000-8000-000000000000");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[macro_export]
macro_rules! id_kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal, $id:ident;)*) => {$(
        $(#[$doc])*
        pub enum $kind {}
        impl $crate::IdKind for $kind {
            const NAME: &'static str = $name;
        }
        $(#[$doc])*
        pub type $id = $crate::Id<$kind>;
    )*};
}

/// A UUIDv7 that names one `K`. Sorts by the time it was made.
pub struct Id<K: IdKind>(Uuid, PhantomData<fn() -> K>);

impl<K: IdKind> Id<K> {
    /// A new id that no other call returns: milliseconds of `clock`, then 74 random bits (RFC 9562, section 5.7).
    pub fn new(clock: &dyn Clock, random: &dyn Random) -> Self {
        let millis = u64::try_from(clock.now().as_micros() / 1_000).unwrap_or(0);
        let mut bytes = [0; 10];
        random.fill(&mut bytes);
        Self(uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid(), PhantomData)
    }

    /// Wraps a UUID that came from outside (a database row, a token).
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }

    /// The bare UUID.
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl<K: IdKind> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K: IdKind> Copy for Id<K> {}
impl<K: IdKind> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K: IdKind> Eq for Id<K> {}
impl<K: IdKind> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<K: IdKind> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K: IdKind> hash::Hash for Id<K> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<K: IdKind> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl<K: IdKind> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", K::NAME, self.0)
    }
}
impl<K: IdKind> FromStr for Id<K> {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::from_str(text).map(Self::from_uuid)
    }
}
impl<K: IdKind> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
impl<'de, K: IdKind> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Uuid::deserialize(deserializer).map(Self::from_uuid)
    }
}
impl<K: IdKind> utoipa::PartialSchema for Id<K> {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)))
            .into()
    }
}
impl<K: IdKind> utoipa::ToSchema for Id<K> {
    fn name() -> Cow<'static, str> {
        let mut name = String::new();
        for word in K::NAME.split([' ', '_']) {
            let mut letters = word.chars();
            name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
            name.extend(letters);
        }
        Cow::Owned(name + "Id")
    }
}

stored_as!([K: IdKind] Id<K>, Uuid, |id| id.0, Self::from_uuid);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ManualClock, SeededRandom};

    enum Attempt {}
    impl IdKind for Attempt {
        const NAME: &'static str = "attempt";
    }

    #[test]
    fn ids_sort_by_the_time_they_were_made() {
        let clock = ManualClock::at("2026-01-01T08:00:00Z");
        let random = SeededRandom::new(1);
        let first = Id::<Attempt>::new(&clock, &random);
        clock.advance(crate::Span::from_millis(1));
        let second = Id::<Attempt>::new(&clock, &random);
        assert!(first < second);
        assert_eq!(first.uuid().get_version_num(), 7);
    }
}
