//! Background jobs; each calls a use case.

mod prune;
mod rotate_keys;

use std::sync::Arc;

use http_kit::Job;

use crate::AuthService;

/// The service's jobs.
pub fn jobs(service: &Arc<AuthService>) -> Vec<Job> {
    vec![prune::job(Arc::clone(service)), rotate_keys::job(Arc::clone(service))]
}
