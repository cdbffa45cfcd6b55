//! Background jobs and consumers. Each calls `app`.

pub mod exam_facts;
