//! Services that run in another process, called over HTTP through the same traits as those that run in this one.
//!
//! Each call carries a service token (who calls, whom, what, for which person, for some seconds) and a deadline. A call
//! that is idempotent is made again after silence or 503, with jitter, as long as the deadline and the retry budget
//! allow. What the other side refuses comes back as it was refused; when it can't be reached at all, the caller's caller
//! is told 503 and when to try again.

mod addresses;
mod auth;
mod budget;
mod call;
mod question;
mod transport;

pub use addresses::{Addresses, AddressesError};
pub use auth::AuthClient;
pub use call::{Ask, Caller, Remote};
pub use question::QuestionClient;
pub use transport::{Transport, TransportError};
