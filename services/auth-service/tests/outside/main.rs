//! auth-service seen from outside: whole journeys, and every endpoint's door.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that can't go on must stop")]

mod journeys;
mod kit;
mod permissions;
mod schema;
