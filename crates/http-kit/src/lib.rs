//! What every endpoint shares: extractors, problem+json, limits, security headers, identity, serving and shutdown.

mod answer;
pub mod audit_log;
mod browser;
mod extract;
mod house;
mod idempotency;
mod identity;
pub mod limits;
mod observe;
mod serve;

pub use answer::{ApiError, ApiResult, problem_response};
pub use browser::{Cors, security_headers};
pub use extract::{Json, Path, Query};
pub use house::{App, House, Job, ServiceParts};
pub use idempotency::{Idempotency, MIGRATIONS};
pub use identity::{Caller, Doorman, TICKET_HEADER};
pub use observe::RequestId;
pub use serve::{Served, serve};
pub use utoipa::openapi::OpenApi;
