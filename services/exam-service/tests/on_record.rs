//! Whatever staff do is on record with who did it; what others need to know is told; and people who act at once don't
//! undo one another. On either database.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on must stop"
)]

mod office;

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use audit::AuditRecord;
use events::{Consumer, Dispatcher, Event, InProcess, Subscription};
use exam_service::{
    SCHEMA,
    app::{close_attempt::close_due_attempts, mark_attempt::mark_due_attempts},
};
use foundation::{Clock as _, PageQuery, Problem, Span};
use office::{Office, essay, in_minutes, text};
use serde_json::{Value, json};
use test_kit::TestDatabase;

async fn audited(office: &Office) -> Vec<AuditRecord> {
    let mut conn = office.service.db.read().await.unwrap();
    audit::list(&mut conn, SCHEMA, &PageQuery { limit: Some(200), after: None }).await.unwrap()
}

/// Hears every fact.
#[derive(Default)]
struct Ear(Mutex<Vec<(String, Value)>>);

#[async_trait::async_trait]
impl Consumer for Ear {
    fn subscription(&self) -> Subscription {
        Subscription { consumer: "ear", kinds: &[] }
    }
    fn wants(&self, _: &str) -> bool {
        true
    }
    async fn take(&self, events: &[&Event]) -> Result<(), Problem> {
        let heard =
            events.iter().map(|event| (event.kind.clone(), serde_json::from_str(&event.payload).unwrap()));
        self.0.lock().unwrap().extend(heard);
        Ok(())
    }
}

async fn told(office: &Office) -> Vec<(String, Value)> {
    let ear = Arc::new(Ear::default());
    let consumers: Arc<[Arc<dyn Consumer>]> = Arc::new([ear.clone()]);
    let clock = Arc::new(office.clock().clone());
    Dispatcher::new(office.service.db.clone(), SCHEMA, clock, Arc::new(InProcess::new(consumers)))
        .dispatch_once()
        .await
        .unwrap();
    ear.0.lock().unwrap().clone()
}

test_kit::on_both_databases! {
    async fn every_act_of_staff_is_on_record_and_facts_are_told(database: TestDatabase) {
        let office = Office::open(database).await;
        let item = json!({ "type": "fixed", "question_id": office.questions.add(essay()) });
        let exam = office.published(json!({ "duration_minutes": 90, "sections": [{ "items": [item] }] })).await;
        let exam_path = format!("/{}", text(&exam["id"]));
        let body = json!({ "version": exam["version"], "title": "Mathematics II", "definition": exam["definition"] });
        office.put(&office.author, &exam_path, &body).await.expect(200);
        office.post(&office.author, format!("{exam_path}/duplicate"), &json!({ "title": "Copy" })).await.expect(201);
        let sitting = office.sitting(&exam).await;
        let path = |rest: &str| format!("/sittings/{}{rest}", text(&sitting["id"]));
        let candidates = office.enrol(&sitting, 3).await;
        let of = |index: usize, rest: &str| path(&format!("/attempts/{}/{rest}", candidates[index].attempt));
        let reason = json!({ "reason": "Because" });
        office.put(&office.officer, of(0, "accommodation"), &json!({ "extra_minutes": 1, "standing": true })).await.expect(200);
        office.put(&office.officer, format!("/accommodations/{}", candidates[0].account), &json!({ "extra_minutes": 2 })).await.expect(200);
        office.put(&office.officer, path(&format!("/roster/{}", candidates[2].attempt)), &json!({ "status": "deferred" })).await.expect(200);
        let paper = office.start(&candidates[0]).await;
        let question = &paper["questions"][0]["id"];
        office.start(&candidates[1]).await;
        office.post(&office.officer, path("/extra-time"), &json!({ "minutes": 2, "reason": "Alarm" })).await.expect(200);
        office.post(&office.officer, of(0, "extra-time"), &json!({ "minutes": 2, "reason": "Alarm" })).await.expect(200);
        office.post(&office.officer, of(1, "terminate"), &reason).await.expect(200);
        office.clock().advance(Span::from_minutes(99));
        office.answer(&candidates[0], 1, question, json!({ "type": "essay", "text": "SECRET ANSWER" })).await;
        let now = office.clock().now();
        close_due_attempts(&office.service, now).await.unwrap();
        mark_due_attempts(&office.service, now).await.unwrap();
        office.post(&office.officer, of(0, "late-entries/admit"), &reason).await.expect(200);
        let marking = path(&format!("/marking/{}", text(question)));
        let page = office.get(&office.officer, &marking).await.expect(200);
        let mark = format!("{marking}/responses/{}/mark", text(&page["items"][0]["response_ref"]));
        office.put(&office.officer, mark, &json!({ "points": 1, "comment": "SECRET COMMENT" })).await.expect(200);
        office.post(&office.officer, path("/release"), &json!({})).await.expect(200);
        assert_eq!(office.get(&office.officer, path("/results/export")).await.status, 200);
        office.post(&office.officer, path("/withdraw-release"), &reason).await.expect(200);
        // There is nothing left to take back, and nothing to tell.
        office.post(&office.officer, path("/withdraw-release"), &reason).await.expect(200);
        let off = office.sitting(&exam).await;
        office.post(&office.officer, format!("/sittings/{}/cancel", text(&off["id"])), &reason).await.expect(200);
        office.post(&office.author, format!("{exam_path}/archive"), &json!({})).await.expect(200);

        let records = audited(&office).await;
        let actions: BTreeSet<&str> = records.iter().map(|record| record.action.as_str()).collect();
        let expected = [
            "accommodation.set", "accommodation.standing_set", "attempt.terminated", "exam.archived", "exam.created",
            "exam.duplicated", "exam.published", "exam.updated", "late_entries.admitted", "response.marked",
            "results.exported", "results.release_withdrawn", "results.released", "roster.enrolled", "roster.status_set",
            "sitting.cancelled", "sitting.scheduled", "time.given",
        ];
        assert_eq!(actions, BTreeSet::from(expected));
        for record in &records {
            let by = if record.action.starts_with("exam.") { &office.author } else { &office.officer };
            assert_eq!(record.actor_id, Some(by.account.uuid()), "{record:?}");
            assert!(!record.detail.contains("SECRET"), "{record:?}");
        }

        let facts = told(&office).await;
        let kinds: BTreeSet<&str> = facts.iter().map(|(kind, _)| kind.as_str()).collect();
        let expected = [
            "exam.attempt_marked", "exam.attempt_started", "exam.attempt_submitted", "exam.published",
            "exam.release_withdrawn", "exam.results_released", "exam.sitting_cancelled", "exam.sitting_scheduled",
        ];
        assert_eq!(kinds, BTreeSet::from(expected));
        let released = &facts.iter().find(|(kind, _)| kind == "exam.results_released").unwrap().1;
        let whose: BTreeSet<String> =
            released["candidate_ids"].as_array().unwrap().iter().map(|id| text(id).to_owned()).collect();
        assert_eq!(whose, [0, 1].map(|index| candidates[index].account.to_string()).into());
        let withdrawn = facts.iter().filter(|(kind, _)| kind == "exam.release_withdrawn").collect::<Vec<_>>();
        assert_eq!((withdrawn.len(), &withdrawn[0].1["candidate_ids"]), (1, &released["candidate_ids"]));
        let mut news: Vec<usize> = facts
            .iter()
            .filter(|(kind, _)| kind == "exam.sitting_scheduled")
            .map(|(_, fact)| fact["candidate_ids"].as_array().unwrap().len())
            .collect();
        news.sort_unstable();
        assert_eq!(news, [0, 0, 3]);

        // The journal is evidence, without the answer.
        let journal = office.get(&office.officer, of(0, "journal?limit=2")).await.expect(200);
        let rest = office.get(&office.officer, of(0, &format!("journal?after={}", text(&journal["next"])))).await.expect(200);
        let kinds = |page: &Value| page["items"].as_array().unwrap().iter().map(|entry| text(&entry["kind"]).to_owned()).collect::<Vec<_>>();
        assert_eq!((kinds(&journal), kinds(&rest)), (vec!["started".to_owned(), "opened".to_owned()], vec!["response".to_owned()]));
        assert_eq!((text(&rest["items"][0]["status"]), rest["items"][0]["admitted_at"].is_string()), ("late", true));
        assert!(!rest.to_string().contains("SECRET"));
    }

    async fn the_same_roster_brought_twice_at_once_enrols_everybody_once(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(1).await).await;
        let rows: String = (0..50).map(|n| format!("C{n:03},Candidate {n}\n")).collect();
        let file = format!("number,name\n{rows}");
        let bring = || office.import(&sitting, "", file.clone());
        let reports = futures::future::join_all([bring(), bring(), bring(), bring()]).await;
        let enrolled: u64 = reports.into_iter().map(|report| report.expect(200)["enrolled"].as_u64().unwrap()).sum();
        assert_eq!((enrolled, office.roster(&sitting).await.len()), (50, 50));
    }

    async fn time_given_while_everybody_starts_reaches_everybody(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(1).await).await;
        let candidates = office.enrol(&sitting, 20).await;
        let extra = format!("/sittings/{}/extra-time", text(&sitting["id"]));
        let body = json!({ "minutes": 10, "reason": "Alarm" });
        let give = async { office.post(&office.officer, &extra, &body).await.expect(200) };
        let start = futures::future::join_all(candidates.iter().map(|candidate| office.start(candidate)));
        let (given, _) = futures::future::join(give, start).await;
        assert_eq!(given["changed"], 20);
        for candidate in &candidates {
            assert_eq!(office.seen_by(candidate).await["deadline"], in_minutes(&office, 100));
        }
    }

    async fn marks_given_at_once_all_count(database: TestDatabase) {
        let office = Office::open(database).await;
        let items: Vec<Value> = (0..4)
            .map(|_| json!({ "type": "fixed", "question_id": office.questions.add(essay()) }))
            .collect();
        let exam = office.published(json!({ "duration_minutes": 90, "sections": [{ "items": items }] })).await;
        let sitting = office.sitting(&exam).await;
        let candidate = office.enrol(&sitting, 1).await.remove(0);
        let paper = office.start(&candidate).await;
        let questions = paper["questions"].as_array().unwrap();
        for (seq, question) in (1..).zip(questions) {
            office.answer(&candidate, seq, &question["id"], json!({ "type": "essay", "text": "x" })).await;
        }
        office.hand_in(&candidate).await;
        mark_due_attempts(&office.service, office.clock().now()).await.unwrap();
        let path = |rest: &str| format!("/sittings/{}{rest}", text(&sitting["id"]));
        let first = format!("/marking/{}", text(&questions[0]["id"]));
        let page = office.get(&office.officer, path(&first)).await.expect(200);
        let reference = text(&page["items"][0]["response_ref"]).to_owned();
        let mark = async |question: &Value| {
            let mark = format!("/marking/{}/responses/{reference}/mark", text(&question["id"]));
            office.put(&office.officer, path(&mark), &json!({ "points": 0.5 })).await.expect(200)
        };
        futures::future::join_all(questions.iter().map(mark)).await;
        let marks = office.get(&office.officer, path(&format!("/attempts/{}/marks", candidate.attempt))).await.expect(200);
        assert_eq!((text(&marks["marking"]), marks["score"].as_f64()), ("marked", Some(2.0)));
    }
}
