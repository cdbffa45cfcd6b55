//! Pictures, banks, categories, stimuli and questions.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Deserialize;
use serde_json::{Value, json};

use super::institution::Institution;
use crate::demo::{
    client::As,
    content::{Bank, CategoryFile, PICTURES, banks},
    house::House,
};

/// What was stored, by the names that exams use.
pub struct Stored {
    /// Questions, by number.
    pub questions: BTreeMap<String, String>,
    /// Banks and categories, by `@bank:…` and `@category:…`.
    pub places: BTreeMap<String, String>,
}

impl Stored {
    /// The id that `@…` stands for.
    pub fn id_of(&self, reference: &str) -> Option<String> {
        match reference.strip_prefix("@question:") {
            Some(number) => self.questions.get(number).cloned(),
            None => self.places.get(reference).cloned(),
        }
    }
}

#[derive(Deserialize)]
struct Media {
    reference: String,
}

/// Stores everything that an author would.
///
/// # Errors
/// What the application refused.
pub async fn load(house: &House, author: &str, institution: &Institution) -> Result<Stored> {
    let who = As::Person(author);
    let mut media = BTreeMap::new();
    for picture in PICTURES {
        let stored: Media =
            house.client.file(who, "/api/v1/questions/media", "image/png", picture.bytes.to_vec()).await?;
        media.insert(picture.name, stored.reference);
    }
    let mut stored = Stored { questions: BTreeMap::new(), places: BTreeMap::new() };
    for bank in banks(|name| media.get(name).cloned())? {
        let unit = if bank.name == "languages" { &institution.languages } else { &institution.science };
        load_bank(house, who, &bank, &unit.path, &mut stored).await?;
    }
    Ok(stored)
}

async fn load_bank(
    house: &House,
    who: As<'_>,
    bank: &Bank,
    unit_path: &str,
    stored: &mut Stored,
) -> Result<()> {
    let body =
        json!({ "unit_path": unit_path, "title": bank.about.title, "description": bank.about.description });
    let made: Value = house.client.post(who, "/api/v1/questions/banks", &body).await?;
    let bank_id = House::id(&made)?;
    let mut known: BTreeMap<&[String], String> = BTreeMap::new();
    for category in &bank.categories {
        let names = &category.file.category;
        for depth in 1..=names.len() {
            let (path, above) = (&names[..depth], &names[..depth - 1]);
            if known.contains_key(path) {
                continue;
            }
            let body = json!({ "name": path[depth - 1], "parent_id": known.get(above) });
            let address = format!("/api/v1/questions/banks/{bank_id}/categories");
            let made: Value = house.client.post(who, &address, &body).await?;
            known.insert(path, House::id(&made)?);
        }
        let Some(category_id) = known.get(names.as_slice()) else { continue };
        load_category(house, who, (&bank_id, category_id), &category.file, stored).await?;
        stored.places.insert(format!("@category:{}/{}", bank.name, category.name), category_id.clone());
    }
    stored.places.insert(format!("@bank:{}", bank.name), bank_id);
    Ok(())
}

async fn load_category(
    house: &House,
    who: As<'_>,
    (bank_id, category_id): (&str, &str),
    file: &CategoryFile,
    stored: &mut Stored,
) -> Result<()> {
    let base = format!("/api/v1/questions/banks/{bank_id}");
    let mut stimuli = BTreeMap::new();
    for stimulus in &file.stimuli {
        let body = json!({ "title": stimulus.title, "text": stimulus.text });
        let made: Value = house.client.post(who, &format!("{base}/stimuli"), &body).await?;
        stimuli.insert(stimulus.r#ref.as_str(), House::id(&made)?);
    }
    for question in &file.questions {
        let body = json!({
            "content": {
                "title": question.title,
                "points": question.points,
                "stimulus_id": question.stimulus.as_deref().and_then(|name| stimuli.get(name)),
                "state": "ready",
                "question": question.question,
                "key": question.key,
            },
            "category_id": category_id,
            "tags": question.tags,
            "idnumber": question.idnumber,
        });
        let made: Value = house.client.post(who, &format!("{base}/questions"), &body).await?;
        stored.questions.insert(question.idnumber.clone(), House::id(&made)?);
    }
    Ok(())
}
