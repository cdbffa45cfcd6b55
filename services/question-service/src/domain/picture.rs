//! What an uploaded file really is. Its name and its declared type are not believed.

use foundation::Problem;
use imagesize::ImageType;
use sha2::{Digest as _, Sha256};

use super::limits::MEDIA_PIXELS_MAX;

/// A picture that may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// `image/png`, …
    pub media_type: &'static str,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// The type that the bytes themselves show; none for what isn't taken.
pub fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match imagesize::image_type(bytes) {
        Ok(ImageType::Png) => Some("image/png"),
        Ok(ImageType::Jpeg) => Some("image/jpeg"),
        Ok(ImageType::Gif) => Some("image/gif"),
        Ok(ImageType::Webp) => Some("image/webp"),
        _ => None,
    }
}

/// Looks at an uploaded file.
///
/// # Errors
/// 415 when it isn't a picture of a type that is taken; 422 when it is damaged or has too many pixels.
pub fn inspect(bytes: &[u8]) -> Result<Picture, Problem> {
    let Some(media_type) = media_type(bytes) else {
        return Err(Problem::new(
            415,
            "question.media_type_refused",
            "Pictures are taken as PNG, JPEG, GIF or WebP; this file is something else. A drawing in SVG can hold \
             programs and isn't taken: export it as PNG.",
        ));
    };
    let size = imagesize::blob_size(bytes).map_err(|error| damaged().log(error))?;
    let (width, height) = match (u32::try_from(size.width), u32::try_from(size.height)) {
        (Ok(width), Ok(height)) if width > 0 && height > 0 => (width, height),
        _ => return Err(damaged()),
    };
    if u64::from(width) * u64::from(height) > MEDIA_PIXELS_MAX {
        return Err(Problem::new(
            422,
            "question.media_too_many_pixels",
            format!(
                "The picture has {width} × {height} pixels; at most {MEDIA_PIXELS_MAX} in all are taken. Make it smaller."
            ),
        ));
    }
    Ok(Picture { sha256: Sha256::digest(bytes).into(), media_type, width, height })
}

fn damaged() -> Problem {
    Problem::new(422, "question.media_damaged", "The picture is damaged. Export it again and upload that.")
}

/// Bytes in hexadecimal, lower case.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads 64 hexadecimal digits.
pub fn from_hex(text: &str) -> Option<[u8; 32]> {
    let lower = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if text.len() != 64 || !text.bytes().all(lower) {
        return None;
    }
    let mut bytes = [0; 32];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * place..2 * place + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The head of a PNG of this size; a browser would want the rest too.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend([8, 2, 0, 0, 0]);
        bytes
    }

    #[test]
    fn a_picture_is_known_by_its_bytes() {
        let picture = inspect(&png(640, 480)).unwrap();
        assert_eq!((picture.media_type, picture.width, picture.height), ("image/png", 640, 480));
        assert_eq!(inspect(b"GIF89a\x02\0\x03\0\0\0\0").unwrap().media_type, "image/gif");
    }

    #[test]
    fn what_only_says_it_is_a_picture_is_refused() {
        for bytes in [
            &b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"[..],
            b"<html>",
            b"%PDF-1.7",
            b"",
            b"BM\0\0\0\0",
        ] {
            assert_eq!(inspect(bytes).unwrap_err().status, 415, "{bytes:?}");
        }
        assert_eq!(inspect(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap_err().status, 422);
        assert_eq!(inspect(&png(0, 7)).unwrap_err().status, 422);
        assert_eq!(inspect(&png(100_000, 100_000)).unwrap_err().code, "question.media_too_many_pixels");
    }

    #[test]
    fn a_hash_reads_back_and_nothing_else_does() {
        let hash = [0xa7; 32];
        assert_eq!(from_hex(&hex(&hash)), Some(hash));
        for text in ["", "a7", &"A7".repeat(32), &"../".repeat(22), &"é".repeat(32)] {
            assert_eq!(from_hex(text), None, "{text}");
        }
    }
}
