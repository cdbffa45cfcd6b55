//! What the composition root sets.

use std::sync::Arc;

use authz::Secrets;

use crate::app::{limits::SharedLimits, password_pool::PasswordCost};

/// Settings of auth-service. [`AuthSettings::new`] gives the ones that an installation starts with.
#[derive(Clone, Debug)]
pub struct AuthSettings {
    /// The root of ticket, code and key-wrapping keys (`JWT_SECRET`).
    pub secrets: Secrets,
    /// The root of the refresh tokens' keys (`JWT_REFRESH_SECRET`).
    pub refresh_secrets: Secrets,
    /// Whether cookies travel over TLS alone: when we serve TLS, or stand behind something that does.
    pub secure_cookies: bool,
    /// How many proxies in front of us add to `X-Forwarded-For`; none: the connection's address counts.
    pub trusted_proxies: u8,
    /// What hashing a password costs.
    pub password_cost: PasswordCost,
    /// Threads that hash passwords, beside everything else the process does.
    pub password_threads: usize,
    /// Sign-ins that wait for a hashing thread; more are told to come back.
    pub password_queue_max: usize,
    /// Limits that replicas count together; none: this process counts for itself.
    pub shared_limits: Option<Arc<dyn SharedLimits>>,
}

impl AuthSettings {
    /// Threads that hash passwords, unless set.
    pub const PASSWORD_THREADS: usize = 1;
    /// Sign-ins that wait for a hashing thread, unless set: about eight seconds' work.
    pub const PASSWORD_QUEUE_MAX: usize = 256;

    /// The settings of a plain installation with these secrets.
    pub const fn new(secrets: Secrets, refresh_secrets: Secrets) -> Self {
        Self {
            secrets,
            refresh_secrets,
            secure_cookies: false,
            trusted_proxies: 0,
            password_cost: PasswordCost::OWASP,
            password_threads: Self::PASSWORD_THREADS,
            password_queue_max: Self::PASSWORD_QUEUE_MAX,
            shared_limits: None,
        }
    }
}
