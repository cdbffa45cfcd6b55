//! A device fetches what is sealed, at any time before the start.

use bytes::Bytes;
use foundation::Problem;

use crate::{ExamService, domain::sealed::from_hex, store};

/// The sealed bytes of this hash: a paper, or a picture. Anybody may have them: they say nothing without their key.
///
/// # Errors
/// 404 when there are none; 503 when the disk can't read.
pub async fn read_sealed(service: &ExamService, sha256: &str) -> Result<Bytes, Problem> {
    let missing = || Problem::not_found("exam.sealed_not_found", "There is no such sealed file.");
    let hash = from_hex(sha256).ok_or_else(missing)?;
    if let Some(content) = service.sealed.content(hash) {
        return Ok(content);
    }
    let mut conn = service.db.read().await?;
    let paper = store::sealed::content(&mut conn, &hash.0).await?;
    drop(conn);
    let content = match paper {
        Some(paper) => paper,
        None => {
            let file = service.sealed_files.get(hash.0).await.map_err(|error| {
                Problem::unavailable(
                    "exam.sealed_unavailable",
                    "The file can't be read just now. Try again.",
                    2,
                )
                .log(error)
            })?;
            file.ok_or_else(missing)?
        }
    };
    let content = Bytes::from(content);
    service.sealed.remember(hash, &content);
    Ok(content)
}
