//! Anybody who knows a picture's hash gets the picture: the hash stands in the question that shows it.

use foundation::Problem;

use crate::{
    QuestionService,
    domain::picture::{from_hex, media_type},
};

/// A picture's bytes and type.
#[derive(Clone, Debug)]
pub struct Media {
    /// Exact bytes.
    pub bytes: Vec<u8>,
    /// As the bytes themselves show.
    pub media_type: &'static str,
}

/// The picture under a hash. No database is asked: ten thousand candidates open a paper at the same moment.
///
/// # Errors
/// 404 when there is none, 503 when the disk can't read.
pub async fn read_media(service: &QuestionService, sha256: &str) -> Result<Media, Problem> {
    let missing = || Problem::not_found("question.media_not_found", "There is no such picture.");
    let hash = from_hex(sha256).ok_or_else(missing)?;
    let bytes = service.files.get(hash).await.map_err(|error| {
        Problem::unavailable(
            "question.media_unavailable",
            "The picture can't be read just now. Try again.",
            2,
        )
        .log(error)
    })?;
    let bytes = bytes.ok_or_else(missing)?;
    let media_type = media_type(&bytes).ok_or_else(missing)?;
    Ok(Media { bytes, media_type })
}
