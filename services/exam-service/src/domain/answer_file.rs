//! The answer file: what a device that finds no network any more gives to an officer by hand.
//!
//! Byte by byte in `docs/reference/answer-file.md`. It is sealed for the installation: whoever carries it can neither read
//! it nor change it unnoticed. What says that it comes from the attempt's own device is the exam ticket inside.

use std::{collections::BTreeMap, fmt};

use authz::{AttemptId, Secrets};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305,
    aead::{Aead as _, Payload},
};
use foundation::{Instant, Random};
use hkdf::Hkdf;
use question_model::QuestionVersionId;
use receipts::{Bytes, Receipt};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};
use x25519_dalek::{PublicKey, StaticSecret};

/// The largest answer file, in bytes.
pub const ANSWER_FILE_BYTES_MAX: usize = 8 * 1024 * 1024;
/// The most entries of one.
pub const ANSWER_FILE_ENTRIES_MAX: usize = 2_000;
/// The most parts that its text may come in.
pub const ANSWER_FILE_PARTS_MAX: usize = 500;

/// What every answer file begins with; the last digit is the version.
pub const MAGIC: &[u8; 8] = b"EXSANSW1";
/// What every part of its text begins with.
pub const PART_MARK: &str = "EXSANSW1";
/// What the content's key is for.
const INFO: &[u8] = b"exam-system answer file 1";

const KEY_ID_AT: usize = 8;
const EPHEMERAL_AT: usize = 16;
const NONCE_AT: usize = 48;
const HEADER_BYTES: usize = 72;
const TAG_BYTES: usize = 16;

/// Why bytes or a text are no answer file that can be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotOpened {
    /// It is something else.
    #[error("not an answer file")]
    NotOne,
    /// Of its text, these parts are missing.
    #[error("parts are missing: {0:?}")]
    Incomplete(Vec<usize>),
    /// Its text has parts of several files.
    #[error("parts of several files")]
    Mixed,
    /// It was sealed for another key.
    #[error("sealed for another key")]
    OtherKey,
    /// It was changed, or didn't come whole.
    #[error("damaged")]
    Damaged,
}

/// What opens answer files: derived from the operator's secret, so that every process has it and nothing keeps it.
#[derive(Clone)]
pub struct AnswerFileKey {
    secret: StaticSecret,
    public: PublicKey,
}

impl AnswerFileKey {
    /// The key of an installation.
    pub fn new(secrets: &Secrets) -> Self {
        let secret = StaticSecret::from(secrets.derive("answer-file-key v1"));
        let public = PublicKey::from(&secret);
        Self { secret, public }
    }

    /// The public half: what devices seal for.
    pub fn public(&self) -> Bytes<32> {
        Bytes(self.public.to_bytes())
    }

    /// Opens a file.
    ///
    /// # Errors
    /// Why it can't be opened.
    pub fn open(&self, file: &[u8]) -> Result<Vec<u8>, NotOpened> {
        if file.len() < MAGIC.len() || &file[..MAGIC.len()] != MAGIC {
            return Err(NotOpened::NotOne);
        }
        if file.len() < HEADER_BYTES + TAG_BYTES {
            return Err(NotOpened::Damaged);
        }
        let (header, sealed) = file.split_at(HEADER_BYTES);
        if header[KEY_ID_AT..EPHEMERAL_AT] != key_id(&self.public) {
            return Err(NotOpened::OtherKey);
        }
        let array = |from: usize| <[u8; 32]>::try_from(&header[from..from + 32]).ok();
        let ephemeral = array(EPHEMERAL_AT).map(PublicKey::from).ok_or(NotOpened::Damaged)?;
        let nonce: [u8; 24] = header[NONCE_AT..].try_into().map_err(|_| NotOpened::Damaged)?;
        let shared = self.secret.diffie_hellman(&ephemeral);
        if !shared.was_contributory() {
            return Err(NotOpened::Damaged);
        }
        cipher(shared.as_bytes(), &ephemeral, &self.public)
            .decrypt(&nonce.into(), Payload { msg: sealed, aad: header })
            .map_err(|_| NotOpened::Damaged)
    }
}

impl fmt::Debug for AnswerFileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AnswerFileKey({})", self.public())
    }
}

/// Seals `content` for whoever has the other half of `public`, as the player does. None when it can't be done, which
/// happens to more than 256 GB alone.
pub fn seal(random: &dyn Random, public: Bytes<32>, content: &[u8]) -> Option<Vec<u8>> {
    let (mut secret, mut nonce) = ([0; 32], [0; 24]);
    random.fill(&mut secret);
    random.fill(&mut nonce);
    seal_with(secret, nonce, public, content)
}

fn seal_with(secret: [u8; 32], nonce: [u8; 24], public: Bytes<32>, content: &[u8]) -> Option<Vec<u8>> {
    let (secret, public) = (StaticSecret::from(secret), PublicKey::from(public.0));
    let ephemeral = PublicKey::from(&secret);
    let mut file = Vec::with_capacity(HEADER_BYTES + content.len() + TAG_BYTES);
    file.extend(MAGIC);
    file.extend(key_id(&public));
    file.extend(ephemeral.as_bytes());
    file.extend(nonce);
    let shared = secret.diffie_hellman(&public);
    let sealed = cipher(shared.as_bytes(), &ephemeral, &public)
        .encrypt(&nonce.into(), Payload { msg: content, aad: &file })
        .ok()?;
    file.extend(sealed);
    Some(file)
}

fn cipher(shared: &[u8; 32], ephemeral: &PublicKey, public: &PublicKey) -> XChaCha20Poly1305 {
    let salt = [*ephemeral.as_bytes(), *public.as_bytes()].concat();
    let mut key = [0; 32];
    // 32 bytes are far below HKDF's limit of 8,160, the only error there is.
    let _ = Hkdf::<Sha256>::new(Some(salt.as_slice()), shared).expand(INFO, &mut key);
    XChaCha20Poly1305::new(&key.into())
}

fn key_id(public: &PublicKey) -> [u8; 8] {
    let mut id = [0; 8];
    id.copy_from_slice(&Sha256::digest(public.as_bytes())[..8]);
    id
}

/// Reads a file as it came: the bytes themselves, or its text in parts, as QR codes hold it (`EXSANSW1/2/3/9F00A1B2/…`),
/// in any order, each as often as it was scanned.
///
/// # Errors
/// Why it is none.
pub fn read(body: &[u8]) -> Result<Vec<u8>, NotOpened> {
    let text = std::str::from_utf8(body).ok().filter(|text| text.trim_start().starts_with("EXSANSW1/"));
    text.map_or_else(|| Ok(body.to_vec()), joined)
}

fn joined(text: &str) -> Result<Vec<u8>, NotOpened> {
    let mut parts: BTreeMap<usize, &str> = BTreeMap::new();
    let mut of: Option<(usize, &str)> = None;
    for part in text.split_whitespace() {
        let mut fields = part.splitn(5, '/');
        let mut field = || fields.next().ok_or(NotOpened::NotOne);
        let (mark, place, count, file, data) = (field()?, field()?, field()?, field()?, field()?);
        let number = |text: &str| text.parse::<usize>().map_err(|_| NotOpened::NotOne);
        let (place, count) = (number(place)?, number(count)?);
        if mark != PART_MARK || place < 1 || place > count || count > ANSWER_FILE_PARTS_MAX {
            return Err(NotOpened::NotOne);
        }
        if *of.get_or_insert((count, file)) != (count, file) {
            return Err(NotOpened::Mixed);
        }
        if *parts.entry(place).or_insert(data) != data {
            return Err(NotOpened::Damaged);
        }
    }
    let (count, file) = of.ok_or(NotOpened::NotOne)?;
    let missing: Vec<usize> = (1..=count).filter(|place| !parts.contains_key(place)).collect();
    if !missing.is_empty() {
        return Err(NotOpened::Incomplete(missing));
    }
    let data: String = parts.into_values().collect();
    let bytes = from_base32(&data).ok_or(NotOpened::Damaged)?;
    // A file is named by the first bytes of its own ephemeral key.
    let name =
        bytes.get(EPHEMERAL_AT..EPHEMERAL_AT + 4).map(|bytes| super::sealed::hex(bytes).to_uppercase());
    if name.as_deref() == Some(file) { Ok(bytes) } else { Err(NotOpened::Damaged) }
}

/// Base32 without padding (RFC 4648): what a QR code holds most densely, and a hand scanner types right.
fn from_base32(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 5 / 8);
    let (mut held, mut bits) = (0_u32, 0);
    for character in text.bytes() {
        let value = match character {
            b'A'..=b'Z' => character - b'A',
            b'2'..=b'7' => character - b'2' + 26,
            _ => return None,
        };
        held = (held << 5) | u32::from(value);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 0xff).ok()?);
            held &= (1 << bits) - 1;
        }
    }
    (held == 0).then_some(bytes)
}

/// What an answer file says once it is opened: JSON.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerFile {
    /// The attempt.
    pub attempt_id: AttemptId,
    /// The ticket of its candidate.
    pub ticket: String,
    /// The lease of the device.
    pub lease_no: i64,
    /// When it was made, by the device's clock as the server had last set it. Evidence; nothing is decided by it.
    pub made_at: Instant,
    /// What the device holds no receipt for, in the order of writing.
    pub entries: Vec<FileEntry>,
    /// Lease and place of every entry that it holds a receipt for.
    pub held: Vec<(i64, i64)>,
    /// The newest of these receipts, whole: proof of what the server had.
    pub last_receipt: Option<Receipt>,
}

/// An entry of an answer file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// The lease that wrote it.
    pub lease_no: i64,
    /// Its place in the lease, from 1.
    pub seq: i64,
    /// The question.
    pub question_id: QuestionVersionId,
    /// When it got its place, by the device's clock as the server had last set it.
    #[serde(default)]
    pub written_at: Option<Instant>,
    /// The response, in exactly the bytes in which the device would have sent it.
    pub response: Box<RawValue>,
}

#[cfg(test)]
mod tests {
    use foundation::SystemRandom;
    use proptest::prelude::*;

    use super::*;

    fn key(byte: u8) -> AnswerFileKey {
        AnswerFileKey::new(&Secrets::new(&[byte; 32]).unwrap())
    }

    fn base32(bytes: &[u8]) -> String {
        const DIGITS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let bits: Vec<u8> =
            bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| (byte >> bit) & 1)).collect();
        bits.chunks(5)
            .map(|bits| {
                bits.iter()
                    .chain([&0; 4])
                    .take(5)
                    .fold(0_usize, |value, bit| (value << 1) | usize::from(*bit))
            })
            .map(|value| char::from(DIGITS[value]))
            .collect()
    }

    fn parts(file: &[u8], size: usize) -> Vec<String> {
        let (text, name) = (base32(file), super::super::sealed::hex(&file[16..20]).to_uppercase());
        let count = text.len().div_ceil(size);
        (1..=count)
            .map(|place| {
                let data = &text[(place - 1) * size..text.len().min(place * size)];
                format!("EXSANSW1/{place}/{count}/{name}/{data}")
            })
            .collect()
    }

    proptest! {
        #[test]
        fn a_file_opens_with_its_key_alone_and_unchanged(
            content in prop::collection::vec(any::<u8>(), 0..300), at in any::<prop::sample::Index>(),
        ) {
            let mut file = seal(&SystemRandom, key(1).public(), &content).unwrap();
            prop_assert_eq!(key(1).open(&file), Ok(content));
            prop_assert_eq!(key(2).open(&file), Err(NotOpened::OtherKey));
            prop_assert!(key(1).open(&file[..at.index(file.len())]).is_err());
            let at = at.index(file.len());
            file[at] ^= 1;
            prop_assert!(key(1).open(&file).is_err());
        }

        #[test]
        fn its_text_comes_together_in_any_order_and_says_what_is_missing(
            content in prop::collection::vec(any::<u8>(), 0..300), size in 20_usize..200, turn in any::<prop::sample::Index>(),
        ) {
            let file = seal(&SystemRandom, key(1).public(), &content).unwrap();
            let mut parts = parts(&file, size);
            let turned = turn.index(parts.len());
            parts.rotate_left(turned);
            parts.push(parts[0].clone());
            prop_assert_eq!(read(parts.join("\r\n ").as_bytes()), Ok(file.clone()));
            parts.pop();
            if parts.len() > 1 {
                let gone = parts.pop().unwrap().split('/').nth(1).unwrap().parse().unwrap();
                prop_assert_eq!(read(parts.join(" ").as_bytes()), Err(NotOpened::Incomplete(vec![gone])));
            }
            prop_assert_eq!(read(&file), Ok(file));
        }
    }

    #[test]
    fn what_is_no_answer_file_is_said_to_be_none() {
        for body in [
            &b""[..],
            b"x",
            b"EXSANSW",
            b"EXSANSW1/1/1/x",
            b"EXSANSW1/2/1/AA/AA",
            b"EXSANSW1/x/1/AA/AA",
            b"\xff\xfe",
        ] {
            let opened = read(body).and_then(|file| key(1).open(&file));
            assert_eq!(opened, Err(NotOpened::NotOne), "{body:?}");
        }
        let part = |file: u8| parts(&seal(&SystemRandom, key(1).public(), &[file; 60]).unwrap(), 100);
        let mixed = format!("{} {}", part(1)[0], part(2)[1]);
        assert_eq!(read(mixed.as_bytes()), Err(NotOpened::Mixed));
        let wrong = part(1).join(" ").replace("/IVMFGQ", "/1VMFGQ");
        assert_eq!(read(wrong.as_bytes()), Err(NotOpened::Damaged));
        assert_eq!(key(1).open(MAGIC), Err(NotOpened::Damaged));
    }

    /// The same example that the player's own code is checked against (`seal.test.ts`) and the description prints.
    #[test]
    fn the_example_of_the_description_is_read() {
        let example: serde_json::Value =
            serde_json::from_str(include_str!("../../../../docs/reference/answer-file-example.json"))
                .unwrap();
        let bytes = |name: &str| {
            let text = example[name].as_str().unwrap();
            (0..text.len())
                .step_by(2)
                .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
                .collect::<Vec<u8>>()
        };
        let array = |name: &str| <[u8; 32]>::try_from(bytes(name)).unwrap();
        let secret = StaticSecret::from(array("recipient_secret"));
        let key = AnswerFileKey { public: PublicKey::from(&secret), secret };
        assert_eq!(key.public().0, array("recipient_public"));
        let content = example["content"].as_str().unwrap().as_bytes();
        let nonce = <[u8; 24]>::try_from(bytes("nonce")).unwrap();
        let sealed = seal_with(array("ephemeral_secret"), nonce, key.public(), content).unwrap();
        assert_eq!(super::super::sealed::hex(&sealed), example["file"].as_str().unwrap());
        assert_eq!(key.open(&sealed).unwrap(), content);
        let text: Vec<&str> =
            example["parts"].as_array().unwrap().iter().map(|part| part.as_str().unwrap()).collect();
        assert_eq!(read(text.join("\n").as_bytes()).unwrap(), sealed);
    }
}
