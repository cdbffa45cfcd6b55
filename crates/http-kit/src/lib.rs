//! What every endpoint shares: extractors, problem+json, limits, security headers, identity, serving and shutdown.

mod answer;
pub mod audit_log;
mod browser;
pub mod deadline;
mod extract;
mod house;
mod idempotency;
mod identity;
pub mod limits;
mod observe;
pub mod replicas;
mod rooms;
mod serve;
mod standing;
mod taker;
mod tls;

pub use answer::{ApiError, ApiResult, problem_response};
pub use browser::Cors;
pub use extract::{Json, Path, Query};
pub use house::{App, House, Job, ServiceParts};
pub use idempotency::{Idempotency, MIGRATIONS};
pub use identity::{Caller, Doorman, SERVICE_TOKEN_HEADER, TICKET_HEADER};
pub use observe::{REQUEST_ID_HEADER, request_id};
pub use rooms::{RoomSizes, Rooms};
pub use serve::{Served, listen, serve, serve_until};
pub use standing::Standing;
pub use tls::{Tls, TlsError, TlsFiles};
pub use utoipa::openapi::OpenApi;
