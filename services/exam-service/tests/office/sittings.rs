//! Sittings and rosters, as an officer makes them.

use foundation::{Clock as _, Span};
use serde_json::{Value, json};
use test_kit::Answer;

use super::{Candidate, Office, text};

/// A moment so many minutes from now.
pub fn in_minutes(office: &Office, minutes: i64) -> Value {
    json!(office.clock().now() + Span::from_minutes(minutes))
}

impl Office {
    /// A sitting that opens now: entry for 30 minutes, a window of two hours.
    pub fn sitting_body(&self, exam: &Value) -> Value {
        json!({
            "exam_id": exam["id"],
            "title": "Mathematics, January",
            "time_zone": "Asia/Shanghai",
            "opens_at": in_minutes(self, 0),
            "entry_closes_at": in_minutes(self, 30),
            "window_ends_at": in_minutes(self, 120),
        })
    }

    pub async fn sitting(&self, exam: &Value) -> Value {
        self.post(&self.officer, "/sittings", &self.sitting_body(exam)).await.expect(201)
    }

    /// Brings a roster; `options` is the query, with its question mark.
    pub async fn import(&self, sitting: &Value, options: &str, file: impl Into<Vec<u8>>) -> Answer {
        let path = format!("/sittings/{}/roster/import{options}", text(&sitting["id"]));
        let file: Vec<u8> = file.into();
        self.request("POST", path).token(&self.token(&self.officer)).bytes("text/csv", file).send().await
    }

    pub async fn roster(&self, sitting: &Value) -> Vec<Value> {
        let path = format!("/sittings/{}/roster?limit=200", text(&sitting["id"]));
        self.get(&self.officer, path).await.expect(200)["items"].as_array().unwrap().clone()
    }

    /// Enrols so many candidates, `C001` and so on, and checks them in.
    pub async fn enrol(&self, sitting: &Value, count: usize) -> Vec<Candidate> {
        let rows: String = (1..=count).map(|n| format!("C{n:03},Candidate {n}\n")).collect();
        self.import(sitting, "", format!("number,name\n{rows}")).await.expect(200);
        self.candidates(sitting).await
    }

    /// Everybody on the roster, checked in, by number.
    pub async fn candidates(&self, sitting: &Value) -> Vec<Candidate> {
        let id = |value: &Value| text(value).to_owned();
        let sitting_id = id(&sitting["id"]).parse().unwrap();
        let entry = |entry: &Value| {
            let attempt = id(&entry["attempt_id"]).parse().unwrap();
            self.check_in(sitting_id, attempt, id(&entry["candidate_id"]).parse().unwrap())
        };
        self.roster(sitting).await.iter().map(entry).collect()
    }

    /// The attempts as an officer watches them.
    pub async fn live(&self, sitting: &Value, options: &str) -> Value {
        let path = format!("/sittings/{}/attempts{options}", text(&sitting["id"]));
        self.get(&self.officer, path).await.expect(200)
    }
}
