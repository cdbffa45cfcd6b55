#![doc = include_str!("../README.md")]

pub mod app;
pub mod domain;
pub mod http;
pub mod jobs;
pub mod store;

mod service;

pub use jobs::exam_facts::SUBSCRIPTION;
pub use service::{AnalyticsService, SCHEMA, schema};
