//! Papers as devices fetch them before the start: sealed, so that only the start's small answer opens them.

use std::collections::{BTreeMap, BTreeSet};

use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305,
    aead::{Aead as _, Payload},
};
use foundation::Random;
use question_model::{CandidateQuestion, OptionOrder, render::MEDIA_PATH};
use receipts::{Bytes, Hash};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use super::{
    arrangement::{Arrangement, Placed},
    paper::{CandidateSection, CandidateStimulus, Paper, RenderedPaper, candidate_paper},
};

/// A key that opens what was sealed under it.
pub type ContentKey = Bytes<32>;

/// Bytes of the nonce in front of what is sealed.
const NONCE_BYTES: usize = 24;
/// What a sealed file belongs to: opened as something else it doesn't open.
const PURPOSE: &[u8] = b"exam-system sealed 1";
/// Hexadecimal digits of a picture's hash.
const HASH_CHARS: usize = 64;

/// A form as every candidate who gets it may see it once it has begun, in the author's order. No field could hold a key
/// to a question; what the author's order could say was taken out of it when the question was stored.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WholePaper {
    /// Sections, in order, with their questions in the author's order.
    pub sections: Vec<CandidateSection>,
    /// Texts that questions share.
    pub stimuli: Vec<CandidateStimulus>,
    /// The questions, in the author's order.
    pub questions: Vec<CandidateQuestion>,
    /// The pictures that they show, by hash: where each lies sealed, and what opens it.
    pub media: BTreeMap<String, SealedMedia>,
}

/// Where a picture lies sealed, and what opens it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SealedMedia {
    /// The hash of the sealed bytes, hexadecimal.
    pub sealed: String,
    /// What opens them.
    pub key: ContentKey,
    /// The picture's type.
    pub media_type: String,
}

/// A sealed file that is fetched before the start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SealedFile {
    /// SHA-256 of the sealed bytes, 64 hexadecimal digits: its address.
    pub sha256: String,
    /// How many bytes it has.
    pub bytes: u64,
}

impl SealedFile {
    /// What these sealed bytes are fetched by.
    pub fn of(sealed: &[u8]) -> Self {
        Self { sha256: hex(&Sha256::digest(sealed)), bytes: sealed.len() as u64 }
    }
}

impl WholePaper {
    /// `paper`, without its pictures.
    pub fn of(paper: &Paper) -> Self {
        let authored = Arrangement {
            sections: paper
                .sections
                .iter()
                .map(|section| {
                    let placed = |question: &super::paper::PaperQuestion| Placed {
                        id: question.id,
                        order: OptionOrder::default(),
                    };
                    section.questions.iter().map(placed).collect()
                })
                .collect(),
        };
        let nobody = authz::AttemptId::from_uuid(uuid::Uuid::nil());
        let whole = candidate_paper(nobody, paper, &RenderedPaper::of(paper), &authored);
        Self {
            sections: whole.sections,
            stimuli: whole.stimuli,
            questions: whole.questions,
            media: BTreeMap::new(),
        }
    }

    /// The hashes of the pictures that it shows.
    ///
    /// # Errors
    /// When it can't be written as JSON.
    pub fn pictures(&self) -> serde_json::Result<BTreeSet<String>> {
        let text = serde_json::to_string(self)?;
        Ok(text
            .match_indices(MEDIA_PATH)
            .filter_map(|(at, _)| text.get(at + MEDIA_PATH.len()..at + MEDIA_PATH.len() + HASH_CHARS))
            .filter(|hash| hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .map(str::to_owned)
            .collect())
    }
}

/// A new key.
pub fn new_key(random: &dyn Random) -> ContentKey {
    let mut key = [0; 32];
    random.fill(&mut key);
    Bytes(key)
}

/// Seals `content` (XChaCha20-Poly1305, draft-irtf-cfrg-xchacha; a random nonce of 24 bytes in front, the purpose as
/// associated data). None when it can't be done, which happens to more than 256 GB alone.
pub fn seal(random: &dyn Random, key: &ContentKey, content: &[u8]) -> Option<Vec<u8>> {
    let mut nonce = [0; NONCE_BYTES];
    random.fill(&mut nonce);
    let cipher = XChaCha20Poly1305::new(&key.0.into());
    let sealed = cipher.encrypt(&nonce.into(), Payload { msg: content, aad: PURPOSE }).ok()?;
    Some([&nonce[..], &sealed].concat())
}

/// Opens what was sealed; none when it was sealed under another key, or was changed.
pub fn open(key: &ContentKey, sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE_BYTES)?;
    let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
    let cipher = XChaCha20Poly1305::new(&key.0.into());
    cipher.decrypt(&nonce.into(), Payload { msg: sealed, aad: PURPOSE }).ok()
}

/// Hexadecimal digits, lower case.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads a hash of 64 hexadecimal digits, lower case.
pub fn from_hex(text: &str) -> Option<Hash> {
    let is_lower_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if text.len() != HASH_CHARS || !text.bytes().all(is_lower_hex) {
        return None;
    }
    let byte = |place: usize| u8::from_str_radix(text.get(place..place + 2)?, 16).ok();
    let bytes: Vec<u8> = (0..HASH_CHARS).step_by(2).map(byte).collect::<Option<_>>()?;
    bytes.try_into().ok().map(Bytes)
}

#[cfg(test)]
mod tests {
    use foundation::SystemRandom;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_sealed_opens_under_its_key_alone_and_unchanged(
            content in proptest::collection::vec(any::<u8>(), 0..300), at in any::<prop::sample::Index>(),
        ) {
            let (key, other) = (new_key(&SystemRandom), new_key(&SystemRandom));
            let mut sealed = seal(&SystemRandom, &key, &content).unwrap();
            prop_assert_eq!(open(&key, &sealed), Some(content));
            prop_assert_eq!(open(&other, &sealed), None);
            let at = at.index(sealed.len());
            sealed[at] ^= 1;
            prop_assert_eq!(open(&key, &sealed), None);
        }
    }

    /// Test vector of draft-irtf-cfrg-xchacha-03, appendix A.3.1, under its own associated data.
    #[test]
    fn the_cipher_is_the_described_one() {
        let key: [u8; 32] = std::array::from_fn(|place| 0x80 + place as u8);
        let nonce: [u8; 24] = std::array::from_fn(|place| 0x40 + place as u8);
        let aad: [u8; 12] = [0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7];
        let msg =
            b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, \
            sunscreen would be it.";
        let cipher = XChaCha20Poly1305::new(&key.into());
        let sealed = cipher.encrypt(&nonce.into(), Payload { msg, aad: &aad }).unwrap();
        assert_eq!(hex(&sealed[..8]), "bd6d179d3e83d43b");
        assert_eq!(hex(&sealed[sealed.len() - 16..]), "c0875924c1c7987947deafd8780acf49");
    }

    #[test]
    fn a_hash_is_read_as_it_is_written() {
        let hash = Bytes([0xa7; 32]);
        assert_eq!(from_hex(&hex(&hash.0)), Some(hash));
        for text in ["", "zz", &"A7".repeat(32), &"a7".repeat(31)] {
            assert_eq!(from_hex(text), None, "{text}");
        }
    }
}
