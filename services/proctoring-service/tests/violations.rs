//! Violations, from the device to a human's judgement, on either database.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that can't go on must stop")]

mod kit;

use authz::{Role, UnitPath};
use exam_api::{SittingScheduled, kinds};
use foundation::{Clock as _, Page, Span};
use kit::Hall;
use proctoring_api::OwnViolation;
use proctoring_service::{
    SCHEMA,
    domain::{admission::VIOLATIONS_PER_ATTEMPT_MAX, pace::BURST_SIGNALS_MAX},
    schema,
};
use serde_json::json;
use test_kit::TestDatabase;

test_kit::on_both_databases! {
    async fn a_device_reports_a_human_judges_and_the_candidate_sees_both(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let (candidate, invigilator) = (hall.candidate(), hall.with_role(Role::Invigilator));
        hall.tell_started(&candidate).await;

        let mut signal = hall.signal("tab_hidden");
        signal["duration_seconds"] = json!(12);
        signal["detail"] = json!("visibilitychange");
        let recorded = hall.report_body(&candidate, &signal).await.expect(200)["violation"].clone();
        assert_eq!((recorded["kind"].as_str(), recorded["duration_seconds"].as_i64()), (Some("tab_hidden"), Some(12)));
        assert_eq!(recorded["recorded_at"], hall.clock().now().to_string());
        let pasted = hall.report(&candidate, "paste").await;

        let seen = hall.violations(&invigilator, "").await.expect(200);
        assert_eq!(seen["items"][0]["id"], pasted["id"]);
        assert_eq!(seen["items"][1]["candidate_id"], json!(candidate.account));
        assert_eq!(seen["attempts"][0]["recorded"], 2);

        let confirmed = json!({ "judgement": "confirmed", "note": "A phone was seen." });
        let judged = hall.judge(&invigilator, &pasted, &confirmed).await.expect(200);
        assert_eq!((judged["judgement"].as_str(), judged["note"].as_str()), (Some("confirmed"), Some("A phone was seen.")));
        hall.judge(&invigilator, &recorded, &json!({ "judgement": "dismissed" })).await.expect(200);

        let own = hall.own(&candidate).await;
        let text = String::from_utf8(own.body.to_vec()).unwrap();
        assert!(!text.contains("phone") && !text.contains("judged_by"), "{text}");
        let own: Page<OwnViolation> = serde_json::from_value(own.expect(200)).unwrap();
        assert_eq!(own.items.iter().map(|v| v.judgement.unwrap().as_str()).collect::<Vec<_>>(), ["confirmed", "dismissed"]);

        let counts = hall.attempts(&invigilator, "").await.expect(200)["items"][0].clone();
        assert_eq!((counts["waiting"].as_i64(), counts["confirmed"].as_i64(), counts["dismissed"].as_i64()), (Some(0), Some(1), Some(1)));
        assert_eq!(counts["kinds"], json!([{ "kind": "tab_hidden", "count": 1 }, { "kind": "paste", "count": 1 }]));
        assert_eq!(counts["last_recorded_at"], pasted["recorded_at"]);
    }

    async fn a_judgement_stands_in_the_audit_log_with_the_one_it_replaced(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let (candidate, officer) = (hall.candidate(), hall.with_role(Role::Officer));
        let violation = hall.report(&candidate, "copy").await;
        hall.judge(&officer, &violation, &json!({ "judgement": "confirmed", "note": "Seen." })).await.expect(200);
        hall.judge(&officer, &violation, &json!({ "judgement": "confirmed", "note": "Seen." })).await.expect(200);
        hall.clock().advance(Span::from_seconds(1));
        hall.judge(&officer, &violation, &json!({ "judgement": "dismissed" })).await.expect(200);

        let mut conn = hall.service.db.read().await.unwrap();
        let log = audit::list(&mut conn, SCHEMA, &foundation::PageQuery::default()).await.unwrap();
        assert_eq!(log.len(), 2, "the same judgement again changes nothing");
        assert_eq!((log[0].action.as_str(), log[0].subject_id.as_str()), ("violation.judged", violation["id"].as_str().unwrap()));
        let detail: serde_json::Value = serde_json::from_str(&log[0].detail).unwrap();
        assert_eq!((detail["before"].as_str(), detail["after"].as_str()), (Some("confirmed"), Some("dismissed")));
    }

    async fn who_confirms_says_why(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let (candidate, invigilator) = (hall.candidate(), hall.with_role(Role::Invigilator));
        let violation = hall.report(&candidate, "copy").await;
        for body in [json!({ "judgement": "confirmed" }), json!({ "judgement": "confirmed", "note": "   " })] {
            let answer = hall.judge(&invigilator, &violation, &body).await;
            assert_eq!(answer.json()["errors"][0]["field"], "note");
            assert_eq!(answer.problem(422), "proctoring.note_needed");
        }
        assert_eq!(hall.attempts(&invigilator, "").await.expect(200)["items"][0]["waiting"], 1);
    }

    async fn the_same_signal_again_is_recorded_once(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let (candidate, other) = (hall.candidate(), hall.candidate());
        let signal = hall.signal("window_blur");
        let first = hall.report_body(&candidate, &signal).await.expect(200);
        hall.clock().advance(Span::from_minutes(1));
        assert_eq!(hall.report_body(&candidate, &signal).await.expect(200), first);
        assert_eq!(hall.own(&candidate).await.expect(200)["items"].as_array().unwrap().len(), 1);
        assert_ne!(hall.report_body(&other, &signal).await.expect(200), first);
    }

    async fn the_same_signal_twice_at_one_moment_is_recorded_once(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.candidate();
        for _ in 0..10 {
            let signal = hall.signal("fullscreen_left");
            let (first, second) =
                tokio::join!(hall.report_body(&candidate, &signal), hall.report_body(&candidate, &signal));
            assert_eq!(first.expect(200), second.expect(200));
        }
        assert_eq!(hall.own(&candidate).await.expect(200)["items"].as_array().unwrap().len(), 10);
    }

    async fn a_device_that_reports_too_fast_is_slowed_down_and_no_other_one(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let (fast, other) = (hall.candidate(), hall.candidate());
        for _ in 0..BURST_SIGNALS_MAX {
            hall.report_body(&fast, &hall.signal("window_blur")).await.expect(200);
        }
        let refused = hall.report_body(&fast, &hall.signal("window_blur")).await;
        let wait: i64 = refused.headers["retry-after"].to_str().unwrap().parse().unwrap();
        assert_eq!(refused.problem(429), "proctoring.too_many_signals");
        hall.report_body(&other, &hall.signal("window_blur")).await.expect(200);
        hall.clock().advance(Span::from_seconds(wait));
        hall.report_body(&fast, &hall.signal("window_blur")).await.expect(200);
    }

    async fn an_attempt_keeps_a_bounded_number_and_the_rest_is_counted(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let (candidate, invigilator) = (hall.candidate(), hall.with_role(Role::Invigilator));
        for _ in 0..VIOLATIONS_PER_ATTEMPT_MAX {
            assert!(hall.report(&candidate, "window_blur").await.is_object());
        }
        for _ in 0..2 {
            assert!(hall.report(&candidate, "window_blur").await.is_null());
        }
        let counts = hall.attempts(&invigilator, "").await.expect(200)["items"][0].clone();
        assert_eq!((counts["recorded"].as_i64(), counts["left_out"].as_i64()), (Some(VIOLATIONS_PER_ATTEMPT_MAX), Some(2)));
    }

    async fn once_an_attempt_is_over_nothing_more_is_recorded(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.candidate();
        hall.report(&candidate, "paste").await;
        hall.tell_submitted(&candidate, hall.clock().now()).await;
        // The fact that it began comes late and opens nothing again.
        hall.tell_started(&candidate).await;
        hall.clock().advance(Span::from_micros(1));
        let late = hall.report_body(&candidate, &hall.signal("paste")).await;
        assert_eq!(late.problem(409), "proctoring.attempt_over");
        assert_eq!(hall.own(&candidate).await.expect(200)["items"].as_array().unwrap().len(), 1);
    }

    async fn a_fact_that_comes_twice_or_late_changes_nothing(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let (first, second) = (hall.unit(), hall.unit());
        let fact = |unit: &UnitPath| SittingScheduled {
            sitting_id: hall.sitting,
            unit: unit.clone(),
            title: "Mathematics".to_owned(),
            opens_at: hall.clock().now(),
            candidate_ids: Vec::new(),
        };
        let earlier = hall.event(kinds::SITTING_SCHEDULED, &fact(&first));
        hall.clock().advance(Span::from_seconds(1));
        let later = hall.event(kinds::SITTING_SCHEDULED, &fact(&second));
        hall.tell(&later).await;
        hall.tell(&earlier).await;
        hall.tell(&earlier).await;
        hall.violations(&hall.with_role_in(Role::Invigilator, &second), "").await.expect(200);
        hall.violations(&hall.with_role_in(Role::Invigilator, &first), "").await.problem(404);
    }

    async fn a_fact_that_cant_be_read_is_refused_and_comes_again(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let broken = hall.event(kinds::ATTEMPT_STARTED, &json!({ "attempt_id": 7 }));
        let consumer = hall.service.consumers().remove(0);
        assert_eq!(consumer.take(&[&broken]).await.unwrap_err().status, 500);
        assert_eq!(consumer.take(&[&broken]).await.unwrap_err().status, 500, "it wasn't remembered as taken");
        assert!(!consumer.wants(kinds::ATTEMPT_MARKED));
    }

    async fn staff_see_the_sittings_of_their_units_and_no_others(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let (unit, other) = (hall.unit(), hall.unit());
        let candidate = hall.candidate();
        let violation = hall.report(&candidate, "copy").await;
        let ours = hall.with_role_in(Role::Invigilator, &unit);
        let theirs = hall.with_role_in(Role::Invigilator, &other);
        let note = json!({ "judgement": "dismissed" });

        // Until the unit is told, only who may see everything sees it.
        assert_eq!(hall.violations(&ours, "").await.problem(404), "proctoring.sitting_not_found");
        hall.violations(&hall.with_role(Role::Invigilator), "").await.expect(200);
        hall.tell_scheduled(&unit).await;
        hall.violations(&ours, "").await.expect(200);
        hall.judge(&ours, &violation, &note).await.expect(200);
        assert_eq!(hall.violations(&theirs, "").await.problem(404), "proctoring.sitting_not_found");
        assert_eq!(hall.attempts(&theirs, "").await.problem(404), "proctoring.sitting_not_found");
        assert_eq!(hall.judge(&theirs, &violation, &note).await.problem(404), "proctoring.violation_not_found");
    }

    async fn another_candidates_attempt_does_not_exist(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let (mine, other) = (hall.candidate(), hall.candidate());
        hall.report(&other, "copy").await;
        let thief = kit::Candidate { attempt: other.attempt, ..mine.clone() };
        assert_eq!(hall.own(&thief).await.problem(404), "proctoring.attempt_not_found");
        let report = hall.report_body(&thief, &hall.signal("copy")).await;
        assert_eq!(report.problem(404), "proctoring.attempt_not_found");

        // Signed in, one sees one's own attempt, and nobody else's: not even staff come in by this door.
        let path = format!("/api/v1/proctoring/attempts/{}/violations", other.attempt);
        let own_token = hall.stage.people.token(other.account, Vec::new());
        let seen = hall.stage.get(path.as_str()).token(&own_token).send().await.expect(200);
        assert_eq!(seen["items"].as_array().unwrap().len(), 1);
        for token in [hall.stage.people.token(mine.account, Vec::new()), hall.with_role(Role::Admin)] {
            let answer = hall.stage.get(path.as_str()).token(&token).send().await;
            assert_eq!(answer.problem(404), "proctoring.attempt_not_found");
        }
        assert_eq!(hall.own(&mine).await.expect(200)["items"], json!([]));
    }

    async fn every_door_asks_who_comes(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.candidate();
        let violation = hall.report(&candidate, "copy").await;
        let id = violation["id"].as_str().unwrap();
        let staff_gets = [
            format!("/api/v1/proctoring/sittings/{}/violations", hall.sitting),
            format!("/api/v1/proctoring/sittings/{}/attempts", hall.sitting),
        ];
        let judgement = format!("/api/v1/proctoring/violations/{id}/judgement");
        let body = json!({ "judgement": "dismissed" });
        for path in &staff_gets {
            assert_eq!(hall.stage.get(path).send().await.problem(401), "auth.sign_in_needed");
            assert_eq!(hall.stage.get(path).ticket(&candidate.ticket).send().await.problem(403), "auth.forbidden");
        }
        hall.stage.post(&judgement, &body).send().await.problem(401);
        hall.stage.post(&judgement, &body).ticket(&candidate.ticket).send().await.problem(403);
        for role in [Role::Author, Role::Marker, Role::Analyst, Role::Candidate] {
            let token = hall.with_role(role);
            for path in &staff_gets {
                hall.stage.get(path).token(&token).send().await.problem(403);
            }
            hall.stage.post(&judgement, &body).token(&token).send().await.problem(403);
        }
        let attempt = format!("/api/v1/proctoring/attempts/{}/violations", candidate.attempt);
        assert_eq!(hall.stage.get(&attempt).send().await.problem(401), "auth.sign_in_needed");
        let token = hall.with_role(Role::Admin);
        let report = hall.stage.post(&attempt, &hall.signal("copy")).token(&token).send().await;
        assert_eq!(report.problem(401), "auth.ticket_needed");
    }

    async fn a_list_is_read_page_by_page(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let invigilator = hall.with_role(Role::Invigilator);
        let candidates = [hall.candidate(), hall.candidate(), hall.candidate()];
        for candidate in &candidates {
            hall.report(candidate, "copy").await;
            hall.report(candidate, "paste").await;
        }
        let mut seen = Vec::new();
        let mut query = "?limit=4".to_owned();
        loop {
            let page = hall.violations(&invigilator, &query).await.expect(200);
            seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["id"].to_string()));
            let Some(next) = page["next"].as_str() else { break };
            query = format!("?limit=4&after={next}");
        }
        assert_eq!(seen.len(), 6);
        assert!(seen.is_sorted_by(|newer, older| newer > older));

        let of_one = hall.violations(&invigilator, &format!("?attempt_id={}", candidates[0].attempt)).await.expect(200);
        assert_eq!((of_one["items"].as_array().unwrap().len(), of_one["attempts"].as_array().unwrap().len()), (2, 1));
        let first = hall.attempts(&invigilator, "?limit=2").await.expect(200);
        assert_eq!(first["items"][0]["attempt_id"], json!(candidates[2].attempt));
        let rest = hall.attempts(&invigilator, &format!("?after={}", first["next"].as_str().unwrap())).await.expect(200);
        assert_eq!((rest["items"].as_array().unwrap().len(), rest["next"].is_null()), (1, true));
        let nobodys: authz::AttemptId = kit::id(hall.clock());
        assert_eq!(hall.violations(&invigilator, &format!("?attempt_id={nobodys}")).await.expect(200)["items"], json!([]));
    }

    async fn what_cant_be_a_signal_is_refused_by_field(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.candidate();
        let with = |field: &str, value: serde_json::Value| {
            let mut body = hall.signal("copy");
            body[field] = value;
            body
        };
        for (body, field) in [
            (with("kind", json!("telepathy")), "kind"),
            (with("signal_id", json!("one")), "signal_id"),
            (with("duration_seconds", json!(-1)), "duration_seconds"),
            (with("duration_seconds", json!(1.5)), "duration_seconds"),
            (with("detail", json!("x".repeat(501))), "detail"),
            (with("detail", json!("a\u{0}b")), "detail"),
        ] {
            let answer = hall.report_body(&candidate, &body).await;
            assert_eq!(answer.json()["errors"][0]["field"], field, "{body}");
            assert_eq!(answer.problem(400), "request.invalid");
        }
        for body in [json!({}), json!([]), json!("copy"), with("at", json!("2026-01-05T08:00:00Z"))] {
            assert_eq!(hall.report_body(&candidate, &body).await.problem(400), "request.invalid");
        }
        let long = hall.report_body(&candidate, &with("duration_seconds", json!(86_401))).await;
        assert_eq!(long.problem(422), "proctoring.signal_invalid");
        let path = format!("/api/v1/proctoring/attempts/{}/violations", candidate.attempt);
        let broken = hall.stage.request("POST".parse().unwrap(), &path).ticket(&candidate.ticket).bytes("application/json", "{\"kind\":");
        assert_eq!(broken.send().await.problem(400), "request.malformed");
        let text = hall.stage.request("POST".parse().unwrap(), &path).ticket(&candidate.ticket).bytes("text/plain", "copy");
        assert_eq!(text.send().await.problem(415), "request.not_json");
        assert_eq!(hall.own(&candidate).await.expect(200)["items"], json!([]));
    }

    async fn what_cant_be_a_question_to_the_lists_is_refused(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let (candidate, invigilator) = (hall.candidate(), hall.with_role(Role::Invigilator));
        let violation = hall.report(&candidate, "copy").await;
        for query in ["?after=x", "?after=", "?limit=-1", "?limit=many", "?attempt_id=7", "?colour=red"] {
            assert_eq!(hall.violations(&invigilator, query).await.problem(400), "request.query_invalid", "{query}");
        }
        for query in ["?after=x", "?colour=red"] {
            assert_eq!(hall.attempts(&invigilator, query).await.problem(400), "request.query_invalid", "{query}");
        }
        hall.violations(&invigilator, "?limit=0").await.expect(200);
        hall.violations(&invigilator, "?limit=4000000000").await.expect(200);
        for path in ["sittings/x/violations", "sittings/x/attempts", "attempts/x/violations"] {
            let token = hall.with_role(Role::Admin);
            let answer = hall.stage.get(format!("/api/v1/proctoring/{path}")).token(&token).send().await;
            assert_eq!(answer.problem(404), "request.no_such_thing");
        }
        for body in [json!({}), json!({ "judgement": "guilty" }), json!({ "judgement": "dismissed", "by": "me" })] {
            assert_eq!(hall.judge(&invigilator, &violation, &body).await.problem(400), "request.invalid");
        }
        let long = json!({ "judgement": "dismissed", "note": "x".repeat(1_001) });
        assert_eq!(hall.judge(&invigilator, &violation, &long).await.problem(400), "request.invalid");
        let unknown: authz::AttemptId = kit::id(hall.clock());
        let answer = hall.judge(&invigilator, &json!({ "id": unknown }), &json!({ "judgement": "dismissed" })).await;
        assert_eq!(answer.problem(404), "proctoring.violation_not_found");
    }

    async fn the_service_opens_again_on_its_own_tables(database: TestDatabase) {
        drop(database.open(&schema()).await);
        let again = database.open(&schema()).await;
        again.check_durable().await.unwrap();
    }
}
