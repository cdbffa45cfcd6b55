//! Pictures.

pub mod read_media;
pub mod upload_media;
