//! What a candidate gets before the start says nothing of the paper; the start's small answer opens what was fetched.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on must stop"
)]

mod office;

use exam_service::domain::sealed::{ContentKey, open};
use foundation::Span;
use office::{Candidate, Office, PICTURE, PICTURE_HASH, essay, in_minutes, single_choice, text};
use question_model::{Key, Question};
use serde_json::{Value, json};
use test_kit::{Answer, TestDatabase};

const STEM: &str = "Which current warms Norway?";

/// A question that shows a picture.
fn pictured() -> (Question, Key) {
    let (question, key) = single_choice();
    let mut question = serde_json::to_value(question).unwrap();
    question["stem"] =
        json!({ "format": "markdown", "text": format!("{STEM} ![the sea](media:{PICTURE_HASH})") });
    (serde_json::from_value(question).unwrap(), key)
}

/// A sitting that opens in ten minutes, and its candidates.
async fn waiting(office: &Office, count: usize) -> Vec<Candidate> {
    let item = |question| json!({ "type": "fixed", "question_id": question });
    let exam = office
        .published(json!({ "duration_minutes": 60, "sections": [{
            "title": "Oceans", "shuffle_questions": true, "shuffle_options": true,
            "items": [item(office.questions.add(pictured())), item(office.questions.add(essay()))],
        }] }))
        .await;
    let mut body = office.sitting_body(&exam);
    body["opens_at"] = in_minutes(office, 10);
    let sitting = office.post(&office.officer, "/sittings", &body).await.expect(201);
    office.enrol(&sitting, count).await
}

async fn asks(
    office: &Office,
    candidate: &Candidate,
    method: &str,
    what: &str,
    body: Option<Value>,
) -> Answer {
    let path = format!("/attempts/{}{what}", candidate.attempt);
    let request = office.request(method, path).ticket(&candidate.ticket);
    match body {
        Some(body) => request.json(&body).send().await,
        None => request.send().await,
    }
}

async fn sealed(office: &Office, file: &Value) -> Answer {
    office.request("GET", format!("/sealed/{}", text(&file["sha256"]))).send().await
}

/// Everything that a file may be searched for, as it is and as base64 would carry it.
fn says(body: &[u8], words: &str) -> bool {
    body.windows(words.len()).any(|window| window == words.as_bytes())
}

test_kit::on_both_databases! {
    async fn failure_13_nothing_that_a_candidate_gets_before_the_start_says_what_is_asked(database: TestDatabase) {
        let office = Office::open(database).await;
        let candidate = waiting(&office, 1).await.remove(0);
        let opened = asks(&office, &candidate, "POST", "/open", Some(json!({ "device_id": uuid::Uuid::from_u128(1) }))).await;
        let to_fetch = opened.clone().expect(200)["sealed"].clone();
        assert_eq!(to_fetch["media"].as_array().unwrap().len(), 1);
        let paper = sealed(&office, &to_fetch["paper"]).await;
        let picture = sealed(&office, &to_fetch["media"][0]).await;
        let answers = [
            opened,
            paper.clone(),
            picture.clone(),
            asks(&office, &candidate, "GET", "", None).await,
            asks(&office, &candidate, "GET", "/paper", None).await,
            asks(&office, &candidate, "GET", "/responses", None).await,
            asks(&office, &candidate, "POST", "/start", Some(json!({ "lease_no": 1 }))).await,
        ];
        assert_eq!(answers[6].status, 409);
        for answer in &answers {
            for words in [STEM, "warms", "Why?", "also wrong", "Oceans", PICTURE_HASH, "single_choice", "picture of the sea"] {
                assert!(!says(&answer.body, words), "{words} in {:?}", answer.body);
                assert!(answer.headers.values().all(|value| !says(value.as_bytes(), words)));
            }
        }
        for answer in [&paper, &picture] {
            assert_eq!(answer.headers["cache-control"], "public, max-age=31536000, immutable");
            assert_eq!(answer.headers["content-type"], "application/octet-stream");
        }
        // A key that isn't this paper's opens nothing.
        assert_eq!(open(&receipts::Bytes([0; 32]), &paper.body), None);
    }

    async fn the_start_opens_what_was_fetched_and_the_order_is_the_candidates_own(database: TestDatabase) {
        let office = Office::open(database).await;
        let candidates = waiting(&office, 2).await;
        let mut files = Vec::new();
        for candidate in &candidates {
            let opened = asks(&office, candidate, "POST", "/open", Some(json!({ "device_id": uuid::Uuid::from_u128(1) }))).await.expect(200);
            files.push(opened["sealed"].clone());
        }
        // One form, one file: whatever lies between may keep it for all of them.
        assert_eq!(files[0], files[1]);
        let fetched = sealed(&office, &files[0]["paper"]).await;
        assert_eq!(files[0]["paper"]["bytes"], json!(fetched.body.len()));
        let known = office
            .request("GET", format!("/sealed/{}", text(&files[0]["paper"]["sha256"])))
            .header("if-none-match", fetched.headers["etag"].to_str().unwrap())
            .send()
            .await;
        assert_eq!(known.status, 304);

        office.clock().advance(Span::from_minutes(10));
        for candidate in &candidates {
            let unseal = asks(&office, candidate, "POST", "/start", Some(json!({ "lease_no": 1 }))).await.expect(200)["unseal"].clone();
            assert_eq!(unseal["paper"], files[0]["paper"]);
            let key: ContentKey = serde_json::from_value(unseal["key"].clone()).unwrap();
            let whole: Value = serde_json::from_slice(&open(&key, &fetched.body).expect("its key")).unwrap();
            let shown = asks(&office, candidate, "GET", "/paper", None).await.expect(200);
            let order = |section: &Value| section.as_array().unwrap().iter().map(|placed| text(&placed["id"]).to_owned()).collect::<Vec<_>>();
            let placed = order(&unseal["arrangement"]["sections"][0]);
            assert_eq!(json!(placed), shown["sections"][0]["question_ids"]);
            assert_eq!(whole["questions"].as_array().unwrap().len(), shown["questions"].as_array().unwrap().len());

            let media = &whole["media"][PICTURE_HASH];
            assert_eq!(media["media_type"], "image/png");
            let key: ContentKey = serde_json::from_value(media["key"].clone()).unwrap();
            let picture = sealed(&office, &json!({ "sha256": media["sealed"] })).await;
            assert_eq!(open(&key, &picture.body).as_deref(), Some(PICTURE));
        }
        assert_eq!(office.request("GET", format!("/sealed/{}", "0".repeat(64))).send().await.problem(404), "exam.sealed_not_found");
    }
}
