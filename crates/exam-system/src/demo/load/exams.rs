//! Exams: written, checked and published by the author.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde_json::json;

use super::{institution::Institution, questions::Stored};
use crate::demo::{
    client::As,
    content::{Bank, ExamFile, QuestionFile, exams, resolved},
    house::House,
    sit::Asked,
    state::ExamHead,
};

/// The published exams.
pub struct Exams {
    /// The one that was sat last week.
    pub mathematics: ExamHead,
    /// The one that is about to open.
    pub reading: ExamHead,
    /// The one that is practised now.
    pub practice: ExamHead,
}

#[derive(Deserialize)]
struct Written {
    id: String,
    version: i64,
}

#[derive(Deserialize)]
struct Published {
    publication: Publication,
    forms: usize,
}

#[derive(Deserialize)]
struct Publication {
    id: String,
}

/// Writes and publishes the exams.
///
/// # Errors
/// What the application refused.
pub async fn load(house: &House, author: &str, institution: &Institution, stored: &Stored) -> Result<Exams> {
    let mut files = exams()?.into_iter();
    let mut next = || files.next().context("there are three exams");
    Ok(Exams {
        mathematics: publish(house, author, &institution.mathematics.id, next()?, stored).await?,
        reading: publish(house, author, &institution.reading.id, next()?, stored).await?,
        practice: publish(house, author, &institution.practice.id, next()?, stored).await?,
    })
}

async fn publish(
    house: &House,
    author: &str,
    unit_id: &str,
    file: ExamFile,
    stored: &Stored,
) -> Result<ExamHead> {
    let who = As::Person(author);
    let definition = resolved(&file.definition, &|reference| stored.id_of(reference))?;
    let body = json!({ "title": file.title, "unit_id": unit_id, "definition": definition });
    let exam: Written = house.client.post(who, "/api/v1/exams", &body).await?;
    let path = format!("/api/v1/exams/{}/publish", exam.id);
    let published: Published = house.client.post(who, &path, &json!({ "version": exam.version })).await?;
    Ok(ExamHead {
        id: exam.id,
        title: file.title,
        publication_id: published.publication.id,
        forms: published.forms,
    })
}

/// The demo's questions, by the id under which they were stored.
pub struct Questions<'a>(BTreeMap<&'a str, &'a QuestionFile>);

#[derive(Deserialize)]
struct Outline {
    sections: Vec<OutlineSection>,
}

#[derive(Deserialize)]
struct OutlineSection {
    questions: Vec<OutlineQuestion>,
}

#[derive(Deserialize)]
struct OutlineQuestion {
    id: String,
    question_id: String,
}

impl<'a> Questions<'a> {
    /// The questions of `banks` that were stored.
    pub fn new(banks: &'a [Bank], stored: &'a BTreeMap<String, String>) -> Self {
        let files =
            banks.iter().flat_map(|bank| &bank.categories).flat_map(|category| &category.file.questions);
        let known = files.filter_map(|file| Some((stored.get(&file.idnumber)?.as_str(), file)));
        Self(known.collect())
    }

    /// What the question ids in the papers of `exam` stand for.
    ///
    /// # Errors
    /// What the application refused.
    pub async fn asked(&self, house: &House, token: &str, exam: &ExamHead) -> Result<Asked<'a>> {
        let mut asked = BTreeMap::new();
        for form in 1..=exam.forms {
            let path =
                format!("/api/v1/exams/{}/publications/{}?form_no={form}", exam.id, exam.publication_id);
            let outline: Outline = house.client.get(As::Person(token), &path).await?;
            for question in outline.sections.into_iter().flat_map(|section| section.questions) {
                let file =
                    self.0.get(question.question_id.as_str()).context("a question that isn't the demo's")?;
                asked.insert(question.id, *file);
            }
        }
        Ok(Asked(asked))
    }
}
