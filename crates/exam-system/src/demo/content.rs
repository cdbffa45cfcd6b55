//! The demo's questions and exams, as they stand in `demo/` and are embedded in the binary.

use anyhow::{Context as _, Result};
use foundation::Points;
use question_model::{Key, Question, RichText};
use serde::Deserialize;
use serde_json::Value;

macro_rules! embedded {
    ($($path:literal),* $(,)?) => {
        &[$(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/demo/", $path))),*]
    };
}

/// A bank's folder, its description and its categories.
struct BankFiles {
    name: &'static str,
    about: &'static str,
    categories: &'static [(&'static str, &'static str)],
}

macro_rules! bank {
    ($name:literal: $($category:literal),* $(,)?) => {
        BankFiles {
            name: $name,
            about: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/demo/banks/", $name, "/bank.json")),
            categories: &[$((
                $category,
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/demo/banks/", $name, "/", $category, ".json")),
            )),*],
        }
    };
}

const BANKS: &[BankFiles] = &[
    bank!("mathematics": "algebra", "functions-and-calculus", "geometry", "probability-and-statistics", "reasoning-and-proof"),
    bank!("sciences": "mechanics", "electricity-and-waves", "computer-science", "geography"),
    bank!("languages": "english-reading", "english-usage", "chinese-reading", "chinese-language", "history"),
];

macro_rules! picture {
    ($name:literal) => {
        Picture {
            name: $name,
            bytes: include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/demo/media/", $name)),
        }
    };
}

/// The pictures that the questions show.
pub const PICTURES: &[Picture] = &[
    picture!("circuit.png"),
    picture!("inscribed-angle.png"),
    picture!("parabola.png"),
    picture!("right-triangle.png"),
    picture!("velocity-time.png"),
];

const EXAMS: &[&str] =
    embedded!["exams/mathematics-mid-term.json", "exams/reading.json", "exams/science-practice.json"];

/// A picture as it is stored.
#[derive(Clone, Copy, Debug)]
pub struct Picture {
    /// What the questions call it: `media:NAME`.
    pub name: &'static str,
    /// PNG.
    pub bytes: &'static [u8],
}

/// A question bank.
#[derive(Clone, Debug)]
pub struct Bank {
    /// What exams call it: `@bank:NAME`.
    pub name: &'static str,
    /// What people see of it.
    pub about: BankAbout,
    /// Its categories.
    pub categories: Vec<Category>,
}

/// What people see of a bank.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BankAbout {
    /// Its title.
    pub title: String,
    /// What is in it.
    pub description: String,
}

/// A category and its questions.
#[derive(Clone, Debug)]
pub struct Category {
    /// What exams call it: `@category:BANK/NAME`.
    pub name: &'static str,
    /// Its questions.
    pub file: CategoryFile,
}

/// A category's file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryFile {
    /// Names of the category and those above it, outermost first.
    pub category: Vec<String>,
    /// What questions share.
    #[serde(default)]
    pub stimuli: Vec<StimulusFile>,
    /// The questions.
    pub questions: Vec<QuestionFile>,
}

/// A text that questions share.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StimulusFile {
    /// What questions call it.
    pub r#ref: String,
    /// Its title.
    pub title: String,
    /// The text.
    pub text: RichText,
}

/// A question, its key, and what a simulated candidate makes of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionFile {
    /// Its number, unique in the demo.
    pub idnumber: String,
    /// Its title.
    pub title: String,
    /// Its tags; the first is its language.
    pub tags: Vec<String>,
    /// What it is worth.
    pub points: Points,
    /// How hard it is, in logits: half of all candidates whose ability equals it know the answer.
    pub difficulty: f64,
    /// The stimulus that it belongs to.
    #[serde(default)]
    pub stimulus: Option<String>,
    /// What somebody might write who doesn't know.
    #[serde(default)]
    pub plausible_wrong: Vec<String>,
    /// What is asked.
    pub question: Question,
    /// What is right.
    pub key: Key,
}

/// An exam; its definition still names questions, banks and categories by `@…`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExamFile {
    /// Its title.
    pub title: String,
    /// Its definition.
    pub definition: Value,
}

/// Reads the banks, `media:NAME` in their texts replaced by what `media` says.
///
/// # Errors
/// When an embedded file isn't what it should be: a test reads them all.
pub fn banks(media: impl Fn(&str) -> Option<String>) -> Result<Vec<Bank>> {
    BANKS.iter().map(|files| bank(files, &media)).collect()
}

fn bank(files: &BankFiles, media: &impl Fn(&str) -> Option<String>) -> Result<Bank> {
    let about = serde_json::from_str(files.about).with_context(|| format!("demo bank {}", files.name))?;
    let categories = files
        .categories
        .iter()
        .map(|(name, text)| {
            let text = with_media(text, media);
            let file = serde_json::from_str(&text)
                .with_context(|| format!("demo category {}/{name}", files.name))?;
            Ok(Category { name, file })
        })
        .collect::<Result<_>>()?;
    Ok(Bank { name: files.name, about, categories })
}

/// Names of pictures hold no character that JSON escapes, so that their places can be found in its text.
fn with_media(text: &str, media: &impl Fn(&str) -> Option<String>) -> String {
    PICTURES.iter().fold(text.to_owned(), |text, picture| match media(picture.name) {
        Some(stored) => text.replace(&format!("media:{}", picture.name), &stored),
        None => text,
    })
}

/// Reads the exams: the past one, the one to come, and the one that is open.
///
/// # Errors
/// As for [`banks`].
pub fn exams() -> Result<Vec<ExamFile>> {
    EXAMS.iter().map(|text| serde_json::from_str(text).context("a demo exam")).collect()
}

/// `value` with each text `@…` replaced by what `id_of` says of it.
///
/// # Errors
/// Names the reference that leads nowhere.
pub fn resolved(value: &Value, id_of: &impl Fn(&str) -> Option<String>) -> Result<Value> {
    Ok(match value {
        Value::String(text) if text.starts_with('@') => {
            let id = id_of(text).with_context(|| format!("{text} leads nowhere"))?;
            Value::String(id)
        }
        Value::Array(items) => {
            Value::Array(items.iter().map(|item| resolved(item, id_of)).collect::<Result<_>>()?)
        }
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .map(|(name, value)| Ok((name.clone(), resolved(value, id_of)?)))
                .collect::<Result<_>>()?,
        ),
        other => other.clone(),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use foundation::Points;
    use question_model::{Outcome, QuestionType, conceal, mark, render::media, right_response, validate};

    use super::*;

    fn all() -> Vec<QuestionFile> {
        let hash = |_: &str| Some(format!("media:{}", "0".repeat(64)));
        let banks = banks(hash).unwrap();
        banks
            .into_iter()
            .flat_map(|bank| bank.categories)
            .flat_map(|category| category.file.questions)
            .collect()
    }

    #[test]
    fn every_question_could_be_asked_as_it_stands() {
        for file in all() {
            assert_eq!(validate(&file.question, &file.key), [], "{}", file.idnumber);
            let (mut question, mut key) = (file.question.clone(), file.key.clone());
            conceal(&mut question, &mut key);
            assert_eq!(
                (question, key),
                (file.question, file.key),
                "{}: not in concealed order",
                file.idnumber
            );
        }
    }

    #[test]
    fn the_right_response_to_every_question_brings_all_its_points() {
        for file in all() {
            let kind = file.question.question_type();
            let Some(right) = right_response(&file.question, &file.key) else {
                assert!(kind.needs_marker() || !kind.is_answered(), "{}: no right response", file.idnumber);
                continue;
            };
            let points = Points::whole(7);
            let marked = mark(&file.question, &file.key, points, Some(&right));
            assert_eq!((marked.points, marked.outcome), (points, Outcome::Correct), "{}", file.idnumber);
            assert_eq!(right.check(&file.question), Ok(()), "{}", file.idnumber);
        }
    }

    #[test]
    fn there_are_questions_of_every_type_in_both_languages() {
        let files = all();
        assert!(files.len() >= 88, "{} questions", files.len());
        let of = |language: &str| files.iter().filter(|file| file.tags[0] == language).count();
        let (english, chinese) = (of("English"), of("中文"));
        assert_eq!(english + chinese, files.len(), "the first tag is the language");
        assert!(english * 10 >= files.len() * 4 && chinese * 10 >= files.len() * 4, "{english} {chinese}");
        let mut types: BTreeMap<QuestionType, BTreeSet<&str>> = BTreeMap::new();
        for file in &files {
            types.entry(file.question.question_type()).or_default().insert(&file.tags[0]);
        }
        for kind in QuestionType::ALL {
            let languages = types.get(&kind).map_or(0, BTreeSet::len);
            let needed = if kind.is_answered() { 2 } else { 1 };
            assert!(languages >= needed, "{}: {languages} languages", kind.as_str());
        }
    }

    #[test]
    fn every_rule_of_marking_is_there() {
        let keys = all().iter().map(|file| serde_json::to_string(&file.key).unwrap()).collect::<String>();
        for rule in [
            r#""rule":"all_or_nothing""#,
            r#""rule":"partial""#,
            r#""rule":"weighted""#,
            r#""floor_zero":true"#,
            r#""floor_zero":false"#,
            r#""rule":"exact""#,
            r#""rule":"adjacent_pairs""#,
            r#""rule":"relative""#,
            r#""rule":"required""#,
            r#""rule":"penalty""#,
            r#""kind":"absolute""#,
            r#""kind":"relative""#,
            r#""kind":"text""#,
            r#""kind":"number""#,
            r#""kind":"choice""#,
        ] {
            assert!(keys.contains(rule), "{rule}");
        }
    }

    #[test]
    fn there_are_formulas_a_table_pictures_and_passages() {
        let banks = banks(|_| None).unwrap();
        let files: Vec<_> =
            banks.iter().flat_map(|bank| &bank.categories).map(|category| &category.file).collect();
        let texts: Vec<&str> = files
            .iter()
            .flat_map(|file| &file.questions)
            .flat_map(|question| question.question.texts())
            .chain(files.iter().flat_map(|file| &file.stimuli).map(|stimulus| &stimulus.text))
            .map(|text| text.text.as_str())
            .collect();
        for (what, mark) in [("display mathematics", "$$"), ("a table", "|:--|"), ("code", "```python")] {
            assert!(texts.iter().any(|text| text.contains(mark)), "{what}");
        }
        for picture in PICTURES {
            assert!(
                texts.iter().any(|text| text.contains(&format!("(media:{})", picture.name))),
                "{}",
                picture.name
            );
            assert!(picture.bytes.starts_with(b"\x89PNG\r\n\x1a\n"), "{}", picture.name);
        }
        for reading in ["ledger", "small-forests", "xiubiaojiang", "shidi"] {
            let asked = files
                .iter()
                .flat_map(|file| &file.questions)
                .filter(|question| question.stimulus.as_deref() == Some(reading));
            assert!(asked.count() >= 4, "{reading}");
        }
    }

    #[test]
    fn every_picture_that_is_named_is_there() {
        let stored = |name: &str| Some(format!("media:{}", hash_of(name)));
        for bank in banks(stored).unwrap() {
            for category in bank.categories {
                let questions = category.file.questions.iter().flat_map(|file| file.question.texts());
                for text in questions.chain(category.file.stimuli.iter().map(|stimulus| &stimulus.text)) {
                    assert_eq!(media(text).len(), text.text.matches("media:").count(), "{}", text.text);
                }
            }
        }
    }

    fn hash_of(name: &str) -> String {
        let place = PICTURES.iter().position(|picture| picture.name == name).unwrap();
        format!("{place:064x}")
    }

    #[test]
    fn numbers_are_unique_and_stimuli_are_there() {
        let mut numbers = BTreeSet::new();
        for bank in banks(|_| None).unwrap() {
            for category in bank.categories {
                let refs: BTreeSet<_> =
                    category.file.stimuli.iter().map(|stimulus| stimulus.r#ref.as_str()).collect();
                let used: BTreeSet<_> =
                    category.file.questions.iter().filter_map(|file| file.stimulus.as_deref()).collect();
                assert_eq!(refs, used, "{}", category.name);
                for file in &category.file.questions {
                    assert!(numbers.insert(file.idnumber.clone()), "{} twice", file.idnumber);
                }
            }
        }
    }

    #[test]
    fn every_exam_names_only_what_is_there() {
        let banks = banks(|_| None).unwrap();
        let mut known = BTreeSet::new();
        for bank in &banks {
            known.insert(format!("@bank:{}", bank.name));
            for category in &bank.categories {
                known.insert(format!("@category:{}/{}", bank.name, category.name));
                known.extend(
                    category.file.questions.iter().map(|file| format!("@question:{}", file.idnumber)),
                );
            }
        }
        let exams = exams().unwrap();
        assert_eq!(exams.len(), 3);
        for exam in exams {
            let id_of =
                |name: &str| known.contains(name).then(|| "01900000-0000-7000-8000-000000000001".to_owned());
            let definition = resolved(&exam.definition, &id_of).unwrap();
            serde_json::from_value::<exam_api::ExamDefinition>(definition).unwrap();
        }
        assert!(resolved(&Value::from("@bank:none"), &|_| None).is_err());
    }
}
