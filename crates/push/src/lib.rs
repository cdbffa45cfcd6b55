//! One socket a browser: hints go out, presence comes in.
//!
//! The first message names who is there: a candidate by their ticket, staff by their access token and the sitting
//! that they watch. Then the server sends hints: *look again*. A hint may be lost and two may become one; state comes
//! by HTTP.

mod hub;
mod message;
mod socket;

pub use hub::Hub;
pub use message::{Hello, Hint};
pub use socket::{Push, router};
