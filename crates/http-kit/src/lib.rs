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

pub use answer::{ApiError, ApiResult, problem_response};
pub use browser::{Cors, security_headers};
pub use extract::{Json, Path, Query};
pub use house::{App, House, Job, ServiceParts};
pub use idempotency::{Idempotency, MIGRATIONS};
pub use identity::{Caller, Doorman, SERVICE_TOKEN_HEADER, TICKET_HEADER};
pub use observe::RequestId;
pub use rooms::{RoomSizes, Rooms};
pub use serve::{Served, serve, serve_until};
pub use standing::Standing;
pub use utoipa::openapi::OpenApi;
