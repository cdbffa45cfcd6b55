#![doc = include_str!("../README.md")]

mod app;
mod domain;
mod http;
mod jobs;
mod service;
mod settings;
mod store;

pub use app::limits::SharedLimits;
pub use app::password_pool::PasswordCost;
pub use domain::account::Username;
pub use domain::password::Password;
pub use service::{AuthService, SCHEMA, schema};
pub use settings::AuthSettings;
