//! Papers are sealed as they are published, their pictures with them.

use std::collections::BTreeMap;

use foundation::Problem;
use sha2::{Digest as _, Sha256};

use crate::{
    ExamService,
    domain::{
        paper::Paper,
        sealed::{SealedFile, SealedMedia, WholePaper, hex, new_key, seal},
    },
    store::sealed::SealedHead,
};

/// Pictures that were sealed already: forms share them.
type SealedPictures = BTreeMap<String, (SealedFile, SealedMedia)>;

/// Seals each of `papers`, and puts their pictures where devices fetch them from.
///
/// # Errors
/// When question-service can't give a picture, or the disk can't take one.
pub(super) async fn seal_papers<'a>(
    service: &ExamService,
    papers: impl Iterator<Item = &'a Paper>,
) -> Result<Vec<(SealedHead, Vec<u8>)>, Problem> {
    let mut pictures = SealedPictures::new();
    let mut sealed = Vec::new();
    for paper in papers {
        sealed.push(seal_paper(service, paper, &mut pictures).await?);
    }
    Ok(sealed)
}

async fn seal_paper(
    service: &ExamService,
    paper: &Paper,
    pictures: &mut SealedPictures,
) -> Result<(SealedHead, Vec<u8>), Problem> {
    let mut whole = WholePaper::of(paper);
    let mut media = Vec::new();
    for hash in whole.pictures().map_err(unwritable)? {
        // A question may name a picture that nobody has; then there is nothing to fetch, before the start or after.
        let Some((file, picture)) = picture(service, &hash, pictures).await? else { continue };
        media.push(file);
        whole.media.insert(hash, picture);
    }
    let content = serde_json::to_vec(&whole).map_err(unwritable)?;
    let key = new_key(&*service.random);
    let sealed = seal(&*service.random, &key, &content).ok_or_else(too_large)?;
    let hash = Sha256::digest(&sealed).to_vec();
    let key_sealed =
        service.sealed.sealer().seal(&*service.random, &hex(&hash), &key.0).ok_or_else(too_large)?;
    let bytes = i64::try_from(sealed.len()).unwrap_or(i64::MAX);
    Ok((SealedHead { hash, bytes, key_sealed, media }, sealed))
}

async fn picture(
    service: &ExamService,
    hash: &str,
    pictures: &mut SealedPictures,
) -> Result<Option<(SealedFile, SealedMedia)>, Problem> {
    if let Some(known) = pictures.get(hash) {
        return Ok(Some(known.clone()));
    }
    let Some(picture) = service.questions.picture(hash).await? else { return Ok(None) };
    let key = new_key(&*service.random);
    let sealed = seal(&*service.random, &key, &picture.bytes).ok_or_else(too_large)?;
    let file = SealedFile::of(&sealed);
    service.sealed_files.put(sealed).await.map_err(|error| {
        Problem::unavailable("exam.sealed_unavailable", "The disk can't take a picture just now.", 5)
            .log(error)
    })?;
    let media = SealedMedia { sealed: file.sha256.clone(), key, media_type: picture.media_type };
    pictures.insert(hash.to_owned(), (file.clone(), media.clone()));
    Ok(Some((file, media)))
}

fn unwritable(error: serde_json::Error) -> Problem {
    Problem::internal(format!("a paper can't be written as JSON: {error}"))
}

fn too_large() -> Problem {
    Problem::internal("a paper is too large to be sealed")
}
