//! Bounds on what a client may send, and how slowly.

use std::time::Duration;

/// The largest JSON body.
pub const JSON_BYTES_MAX: usize = 2 * 1024 * 1024;
/// The largest body of a call between services: the rows of a whole roster.
pub const SERVICE_BODY_BYTES_MAX: usize = 64 * 1024 * 1024;
/// The longest silence in the middle of a body.
pub const BODY_STALL_MAX: Duration = Duration::from_secs(10);
/// The longest a client may take to send a request's head; also how long a connection may lie idle between two requests.
/// Longer than proxies keep idle connections, so that they close them and not we, under a request on its way; and longer
/// than candidates think.
pub const HEAD_MAX: Duration = Duration::from_secs(75);
/// The longest a client may take to agree on TLS.
pub const HANDSHAKE_MAX: Duration = Duration::from_secs(15);
/// The largest request head.
pub const HEAD_BYTES_MAX: usize = 64 * 1024;
/// The longest that open requests may take once a stop was asked for.
pub const DRAIN_MAX: Duration = Duration::from_secs(20);
/// How long a silent connection may still begin a request once a stop was asked for.
pub const LAST_WORD_MAX: Duration = Duration::from_millis(250);
