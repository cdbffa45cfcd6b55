//! Typed ids, clock, chance, points, instants, pages, bounded text and problems: the words every room shares.
//!
//! Depends on nothing of ours. The ambient clock and ambient randomness are read here and nowhere else.

mod chance;
mod clock;
mod column;
mod id;
mod instant;
mod open_files;
mod page;
mod points;
mod problem;
mod text;

pub use chance::{Random, SeededRandom, SystemRandom, shuffle};
pub use clock::{Clock, ManualClock, SystemClock};
pub use id::{Id, IdKind};
pub use instant::{Instant, Span};
pub use open_files::open_as_many_files_as_allowed;
pub use page::{Page, PageQuery};
pub use points::{Points, PointsOutOfRange};
pub use problem::{FieldProblem, Problem};
pub use text::{Text, TextError};
