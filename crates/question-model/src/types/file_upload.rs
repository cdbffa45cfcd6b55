//! Files, marked by a person.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    RichText,
    limits::{
        EXTENSION_CHARS_MAX, EXTENSIONS_MAX, FILE_BYTES_MAX, FILE_NAME_CHARS_MAX, FILES_MAX, STEM_CHARS_MAX,
    },
    validate::Findings,
};

/// A place for files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileUploadBody {
    /// Files that may be given.
    #[serde(default = "one")]
    pub files_max: u32,
    /// Bytes of each.
    #[serde(default = "bytes_default")]
    pub bytes_max: u64,
    /// Extensions that are taken, lower case with their dot: `.pdf`. Empty for any.
    #[serde(default)]
    pub extensions: Vec<String>,
}

const fn one() -> u32 {
    1
}

const fn bytes_default() -> u64 {
    10 * 1024 * 1024
}

impl Default for FileUploadBody {
    fn default() -> Self {
        Self { files_max: one(), bytes_max: bytes_default(), extensions: Vec::new() }
    }
}

/// What the marker goes by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileUploadKey {
    /// How to give points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marking_notes: Option<RichText>,
}

/// The files given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileUploadResponse {
    /// Empty when cleared.
    pub files: Vec<UploadedFile>,
}

/// A file that was uploaded before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UploadedFile {
    /// What the server named it.
    pub id: Uuid,
    /// What the candidate named it.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
}

impl FileUploadBody {
    pub(crate) fn validate(&self, at: &str, findings: &mut Findings) {
        findings.number(format!("{at}.files_max"), self.files_max.into(), 1, FILES_MAX.into());
        findings.number(format!("{at}.bytes_max"), self.bytes_max, 1, FILE_BYTES_MAX);
        let list = format!("{at}.extensions");
        findings.count(&list, self.extensions.len(), 0, EXTENSIONS_MAX);
        for (place, extension) in self.extensions.iter().enumerate() {
            if !is_extension(extension) {
                findings.add(
                    format!("{list}[{place}]"),
                    "question.extension_invalid",
                    "A dot, then small letters and digits: .pdf",
                );
            }
        }
    }

    /// Whether a file of this name may be given.
    pub fn takes(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.extensions.is_empty()
            || self.extensions.iter().any(|extension| name.ends_with(extension.as_str()))
    }
}

fn is_extension(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'.';
    text.len() >= 2 && text.len() <= EXTENSION_CHARS_MAX && text.starts_with('.') && text.bytes().all(plain)
}

impl FileUploadKey {
    pub(crate) fn validate(&self, at: &str, findings: &mut Findings) {
        if let Some(notes) = &self.marking_notes {
            findings.at_most(format!("{at}.marking_notes.text"), &notes.text, STEM_CHARS_MAX);
        }
    }
}

impl FileUploadResponse {
    pub(crate) fn check(&self, body: &FileUploadBody, findings: &mut Findings) {
        if self.files.len() > body.files_max as usize {
            findings.add("files", "response.too_many", format!("At most {} files.", body.files_max));
            return;
        }
        let mut seen = BTreeSet::new();
        for (place, file) in self.files.iter().enumerate() {
            let field = format!("files[{place}]");
            if !seen.insert(file.id) {
                findings.add(&field, "response.twice", "The file is there twice.");
            }
            if file.bytes > body.bytes_max {
                findings.add(&field, "response.too_long", format!("At most {} bytes.", body.bytes_max));
            }
            let length = file.name.chars().count();
            if length == 0 || length > FILE_NAME_CHARS_MAX {
                let message = format!("A file's name has 1 to {FILE_NAME_CHARS_MAX} characters.");
                findings.add(&field, "response.file_name", message);
            }
            if !body.takes(&file.name) {
                let message = format!("Files may be: {}.", body.extensions.join(", "));
                findings.add(&field, "response.file_type", message);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::{Outcome, testing::Asked};

    fn scan() -> Asked {
        Asked::new(
            "file_upload",
            json!({"files_max": 1, "bytes_max": 1000, "extensions": [".pdf", ".jpg"]}),
            json!({"marking_notes": {"text": "Look at the sketch."}}),
        )
    }

    fn file(name: &str, bytes: u64) -> Value {
        json!({"id": "01900000-0000-7000-8000-000000000001", "name": name, "bytes": bytes})
    }

    #[test]
    fn a_person_marks_files() {
        assert_eq!(scan().problems(), [""; 0]);
        assert_eq!(scan().points(json!({"files": [file("a.pdf", 10)]})), (0.0, Outcome::NeedsMarking));
        assert_eq!(scan().points(json!({"files": []})), (0.0, Outcome::Unanswered));
    }

    #[test]
    fn files_are_of_the_kind_size_and_number_asked_for() {
        assert_eq!(scan().misfits(json!({"files": [file("A.PDF", 1000)]})), [""; 0]);
        assert_eq!(
            scan().misfits(json!({"files": [file("a.exe", 1001)]})),
            ["response.files[0] response.too_long", "response.files[0] response.file_type"]
        );
        assert_eq!(
            scan().misfits(json!({"files": [file("a.pdf", 1), file("b.pdf", 1)]})),
            ["response.files response.too_many"]
        );
    }

    #[test]
    fn an_extension_has_a_dot_and_small_letters() {
        let asked = Asked::new("file_upload", json!({"files_max": 0, "extensions": ["PDF"]}), json!({}));
        assert_eq!(
            asked.problems(),
            [
                "question.body.files_max question.number_out_of_range",
                "question.body.extensions[0] question.extension_invalid",
            ]
        );
    }
}
