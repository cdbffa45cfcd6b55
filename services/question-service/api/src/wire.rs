//! [`QuestionApi`](crate::QuestionApi) as it travels between processes: paths and bodies.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::{FreezeItem, Picture};

/// [`QuestionApi::freeze`](crate::QuestionApi::freeze).
pub const FREEZE: &str = "/api/v1/questions/internal/freeze";

/// [`QuestionApi::picture`](crate::QuestionApi::picture).
pub const PICTURE: &str = "/api/v1/questions/internal/picture";

/// The body of [`PICTURE`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Wanted {
    /// The picture's hash, 64 hexadecimal digits.
    pub sha256: String,
}

/// The answer to [`PICTURE`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sent {
    /// Exact bytes, base64url without padding.
    pub bytes: String,
    /// The picture's type.
    pub media_type: String,
}

impl From<Picture> for Sent {
    fn from(Picture { bytes, media_type }: Picture) -> Self {
        Self { bytes: BASE64_URL_SAFE_NO_PAD.encode(bytes), media_type }
    }
}

impl TryFrom<Sent> for Picture {
    type Error = base64::DecodeError;
    fn try_from(Sent { bytes, media_type }: Sent) -> Result<Self, Self::Error> {
        Ok(Self { bytes: BASE64_URL_SAFE_NO_PAD.decode(bytes)?, media_type })
    }
}

/// The body of [`FREEZE`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Freeze {
    /// What each paper asks for.
    pub papers: Vec<Vec<FreezeItem>>,
}
