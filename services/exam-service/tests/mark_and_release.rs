//! From hand-in to result: people mark without names, an officer releases, candidates look; on either database.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on must stop"
)]

mod office;

use authz::{Role, SittingId};
use exam_service::app::{close_attempt::close_due_attempts, mark_attempt::mark_due_attempts};
use foundation::{Clock as _, Span};
use office::{Candidate, Clerk, Office, PLANTED, errors, essay, single_choice, text};
use serde_json::{Value, json};
use test_kit::{Answer, TestDatabase};

fn path(sitting: &Value, rest: &str) -> String {
    format!("/sittings/{}{rest}", text(&sitting["id"]))
}

async fn jobs(office: &Office) {
    let now = office.clock().now();
    close_due_attempts(&office.service, now).await.unwrap();
    mark_due_attempts(&office.service, now).await.unwrap();
}

/// An exam of an essay and a choice, with this release policy.
async fn exam(office: &Office, release: Value) -> Value {
    let item = |question| json!({ "type": "fixed", "question_id": question });
    office
        .published(json!({ "duration_minutes": 90, "release": release, "sections": [
        { "items": [item(office.questions.add(essay())), item(office.questions.add(single_choice()))] },
    ] }))
        .await
}

/// Writes an essay, makes a choice, hands in.
async fn sit(office: &Office, candidate: &Candidate, words: &str, choice: &str) {
    let paper = office.start(candidate).await;
    for (seq, question) in (1..).zip(paper["questions"].as_array().unwrap()) {
        let response = match text(&question["interaction"]["type"]) {
            "essay" => json!({ "type": "essay", "text": words }),
            _ => json!({ "type": "single_choice", "choice": choice }),
        };
        office.answer(candidate, seq, &question["id"], response).await;
    }
    office.hand_in(candidate).await;
}

/// The one question that a person marks, and its responses.
async fn to_mark(office: &Office, marker: &Clerk, sitting: &Value, options: &str) -> (String, Value) {
    let overview = office.get(marker, path(sitting, "/marking")).await.expect(200);
    let question = text(&overview["questions"][0]["question_id"]).to_owned();
    let page = office.get(marker, path(sitting, &format!("/marking/{question}{options}"))).await.expect(200);
    (question, page)
}

async fn mark(
    office: &Office,
    marker: &Clerk,
    sitting: &Value,
    question: &str,
    reference: &Value,
    points: Value,
) -> Answer {
    let path = path(sitting, &format!("/marking/{question}/responses/{}/mark", text(reference)));
    office.put(marker, path, &json!({ "points": points, "comment": "Well argued." })).await
}

async fn release(office: &Office, sitting: &Value, body: Value) -> Answer {
    office.post(&office.officer, path(sitting, "/release"), &body).await
}

test_kit::on_both_databases! {
    async fn a_marker_marks_without_names_and_the_score_follows(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&exam(&office, json!({})).await).await;
        let candidates = office.enrol(&sitting, 3).await;
        sit(&office, &candidates[0], "Because of this.", "a").await;
        sit(&office, &candidates[1], "因为这样。", "c").await;
        sit(&office, &candidates[2], " ", "b").await;
        jobs(&office).await;

        let marker = office.clerk(Role::Marker);
        let overview = office.get(&marker, path(&sitting, "/marking")).await.expect(200);
        assert_eq!((overview["partial"].as_i64(), overview["marked"].as_i64(), overview["questions"][0]["waiting"].as_i64()), (Some(2), Some(1), Some(2)));
        let waits = office.get(&marker, "/to-mark").await.expect(200);
        assert_eq!(waits["sittings"], json!([{ "sitting_id": sitting["id"], "title": sitting["title"], "waiting": 2 }]));
        let (question, page) = to_mark(&office, &marker, &sitting, "?limit=1").await;
        assert!(text(&page["question"]["marking_notes_html"]).contains("Half for a reason"));
        let (_, rest) = to_mark(&office, &marker, &sitting, &format!("?after={}", text(&page["next"]))).await;
        assert_eq!((page["items"].as_array().unwrap().len(), rest["items"].as_array().unwrap().len(), rest["next"].clone()), (1, 1, Value::Null));
        let shown = format!("{page}{rest}");
        for candidate in &candidates {
            assert!(!shown.contains(&candidate.attempt.to_string()) && !shown.contains(&candidate.account.to_string()));
        }
        assert!(!shown.contains("Candidate 1") && !shown.contains("C001"), "{shown}");

        let of = |start: &str| {
            let items = [&page["items"][0], &rest["items"][0]];
            let found = items.into_iter().find(|item| text(&item["response"]["text"]).starts_with(start)).unwrap();
            found["response_ref"].clone()
        };
        let reference = of("Because");
        for points in [json!(-0.5), json!(1.5), json!(1_000_000)] {
            assert_eq!(errors(&mark(&office, &marker, &sitting, &question, &reference, points).await), ["points out_of_range"]);
        }
        let marked = mark(&office, &marker, &sitting, &question, &reference, json!(0.5)).await.expect(200);
        assert_eq!((marked["points"].as_f64(), marked["marked_by"].clone()), (Some(0.5), json!(marker.account)));
        mark(&office, &marker, &sitting, &question, &reference, json!(1)).await.expect(200);
        let (_, waiting) = to_mark(&office, &marker, &sitting, "?waiting=true").await;
        assert_eq!((waiting["items"].as_array().unwrap().len(), &waiting["items"][0]["response_ref"]), (1, &of("因为")));
        mark(&office, &marker, &sitting, &question, &of("因为"), json!(0.75)).await.expect(200);

        assert_eq!(office.get(&marker, "/to-mark").await.expect(200)["sittings"], json!([]));

        let results = office.get(&office.officer, path(&sitting, "/results")).await.expect(200);
        let summary = &results["summary"];
        assert_eq!((summary["marked"].as_i64(), summary["partial"].as_i64()), (Some(3), Some(0)));
        // A wrong option takes half a point off, and an empty essay is worth nothing.
        let scores: Vec<_> = results["items"].as_array().unwrap().iter().map(|row| row["score"].as_f64().unwrap()).collect();
        assert_eq!(scores, [2.0, 0.25, 0.0]);
        assert_eq!((summary["mean"].as_f64(), summary["lowest"].as_f64(), summary["highest"].as_f64()), (Some(0.75), Some(0.0), Some(2.0)));

        // A mark by a person stays when the machine marks again.
        let row = &results["items"][0];
        let before = office.get(&office.officer, path(&sitting, &format!("/attempts/{}/marks", text(&row["attempt_id"])))).await.expect(200);
        assert_eq!((before["marks"][0]["marked_by"].clone(), text(&before["marks"][0]["marked"]["why"]["code"]), before["marks"][1]["marked_by"].clone()), (json!(marker.account), "by_marker", Value::Null));
        // What the machine marks isn't a marker's to change.
        let machine = text(&before["marks"][1]["question_id"]).to_owned();
        assert_eq!(mark(&office, &marker, &sitting, &machine, &reference, json!(1)).await.problem(409), "exam.marked_by_machine");
    }

    async fn a_mark_falls_away_with_the_answer_that_an_entry_from_before_the_end_replaces(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&exam(&office, json!({})).await).await;
        let candidate = office.enrol(&sitting, 1).await.remove(0);
        let paper = office.start(&candidate).await;
        let question = |kind: &str| {
            let questions = paper["questions"].as_array().unwrap();
            questions.iter().find(|one| text(&one["interaction"]["type"]) == kind).unwrap()["id"].clone()
        };
        let (essay, choice) = (question("essay"), question("single_choice"));
        office.answer(&candidate, 1, &essay, json!({ "type": "essay", "text": "A draft." })).await;
        let now = office.clock().now();
        let noticed_at = now + Span::from_minutes(24 * 60);
        close_due_attempts(&office.service, noticed_at).await.unwrap();
        mark_due_attempts(&office.service, noticed_at).await.unwrap();
        let marker = office.clerk(Role::Marker);
        let (id, page) = to_mark(&office, &marker, &sitting, "").await;
        let reference = page["items"][0]["response_ref"].clone();
        mark(&office, &marker, &sitting, &id, &reference, json!(0.5)).await.expect(200);

        // The choice came before the end, and leaves the essay's mark alone; a marker's work meanwhile isn't lost.
        assert_eq!(office.answer(&candidate, 2, &choice, json!({ "type": "single_choice", "choice": "a" })).await, "taken");
        mark(&office, &marker, &sitting, &id, &reference, json!(0.75)).await.expect(200);
        mark_due_attempts(&office.service, noticed_at).await.unwrap();
        let results = office.get(&office.officer, path(&sitting, "/results")).await.expect(200);
        assert_eq!((text(&results["items"][0]["marking"]), results["items"][0]["score"].as_f64()), ("marked", Some(1.75)));

        // So did the essay: the marker hasn't read this one.
        assert_eq!(office.answer(&candidate, 3, &essay, json!({ "type": "essay", "text": "Finished." })).await, "taken");
        mark_due_attempts(&office.service, noticed_at).await.unwrap();
        let results = office.get(&office.officer, path(&sitting, "/results")).await.expect(200);
        assert_eq!((text(&results["items"][0]["marking"]), results["items"][0]["score"].as_f64()), ("partial", Some(1.0)));
        let (_, page) = to_mark(&office, &marker, &sitting, "?waiting=true").await;
        assert_eq!(page["items"][0]["response"]["text"], "Finished.");
    }

    async fn results_wait_for_marks_unless_an_officer_says_why(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&exam(&office, json!({})).await).await;
        let candidates = office.enrol(&sitting, 2).await;
        sit(&office, &candidates[0], "An essay", "a").await;
        jobs(&office).await;
        let refused = release(&office, &sitting, json!({})).await;
        assert_eq!(refused.json()["facts"], json!({ "unfinished": 1, "unmarked": 0, "partial": 1 }));
        assert_eq!(refused.problem(409), "exam.not_all_marked");
        assert_eq!(errors(&release(&office, &sitting, json!({ "force": true })).await), ["reason missing"]);
        let released = release(&office, &sitting, json!({ "force": true, "reason": "The committee decided so" })).await.expect(200);
        assert!(released["released_at"].is_string());
        assert_eq!(release(&office, &sitting, json!({})).await.expect(200), released);
        assert_eq!(office.get(&office.officer, path(&sitting, "")).await.expect(200)["released_at"], released["released_at"]);

        let seen = office.review(&candidates[0]).await.expect(200);
        assert_eq!((seen["complete"].as_bool(), seen["score"].as_i64(), text(&seen["questions"][0]["mark"]["outcome"])), (Some(false), Some(1), "needs_marking"));
        // Whoever still works sees nothing.
        assert_eq!(office.review(&candidates[1]).await.problem(409), "exam.not_sat");
        office.start(&candidates[1]).await;
        assert_eq!(office.review(&candidates[1]).await.problem(409), "exam.not_released");

        let withdrawn = office.post(&office.officer, path(&sitting, "/withdraw-release"), &json!({ "reason": "Too early" })).await.expect(200);
        assert_eq!(withdrawn["released_at"], Value::Null);
        assert_eq!(office.review(&candidates[0]).await.problem(409), "exam.not_released");
    }

    async fn a_review_shows_what_the_policy_shows_and_never_a_key_without_solutions(database: TestDatabase) {
        let office = Office::open(database).await;
        let policies = [
            (json!({}), (true, true, true, false)),
            (json!({ "parts": { "score": true, "marks": false, "responses": false, "solutions": false } }), (true, false, false, false)),
            (json!({ "parts": { "score": false, "marks": true, "responses": false, "solutions": false } }), (false, true, false, false)),
            (json!({ "parts": { "score": true, "marks": true, "responses": true, "solutions": true } }), (true, true, true, true)),
        ];
        for (policy, (score, marks, responses, solutions)) in policies {
            let mut practice = office.sitting_body(&exam(&office, policy.clone()).await);
            practice["practice"] = json!(true);
            let sitting = office.post(&office.officer, "/sittings", &practice).await.expect(201);
            let candidate = office.enrol(&sitting, 1).await.remove(0);
            sit(&office, &candidate, "Because.", "a").await;
            jobs(&office).await;
            let (question, page) = to_mark(&office, &office.officer, &sitting, "").await;
            mark(&office, &office.officer, &sitting, &question, &page["items"][0]["response_ref"], json!(0.5)).await.expect(200);
            assert_eq!(office.review(&candidate).await.problem(409), "exam.not_released");
            release(&office, &sitting, json!({})).await.expect(200);

            let seen = office.review(&candidate).await.expect(200);
            let essay = &seen["questions"][0];
            assert_eq!(seen["score"].as_f64(), score.then_some(1.5), "{policy}");
            assert_eq!(essay["mark"]["points"].as_f64(), marks.then_some(0.5), "{policy}");
            assert_eq!(essay["mark"]["comment"].as_str(), marks.then_some("Well argued."), "{policy}");
            assert_eq!(essay["response"]["text"].as_str(), responses.then_some("Because."), "{policy}");
            assert_eq!(essay["question"].is_object(), responses, "{policy}");
            assert_eq!(seen.get("solutions").is_some(), solutions, "{policy}");
            assert_eq!(seen.to_string().contains(PLANTED), solutions, "{policy}");
            if solutions {
                assert_eq!(seen["solutions"][1]["right"]["choice"], "a");
                assert!(text(&seen["solutions"][0]["model_answer_html"]).contains(PLANTED));
            }
            // Signed in, the candidate sees the same.
            let account = Clerk { account: candidate.account, grants: Vec::new() };
            assert_eq!(office.get(&account, format!("/attempts/{}/review", candidate.attempt)).await.expect(200), seen);
        }
    }

    async fn a_practice_sitting_shows_each_result_as_soon_as_it_is_marked(database: TestDatabase) {
        let office = Office::open(database).await;
        let exam = office.published(json!({ "duration_minutes": 90, "release": { "moment": "when_marked" }, "sections": [
            { "items": [{ "type": "fixed", "question_id": office.questions.add(single_choice()) }] },
        ] })).await;
        for practice in [true, false] {
            let mut body = office.sitting_body(&exam);
            body["practice"] = json!(practice);
            let sitting = office.post(&office.officer, "/sittings", &body).await.expect(201);
            let candidate = office.enrol(&sitting, 1).await.remove(0);
            let paper = office.start(&candidate).await;
            office.answer(&candidate, 1, &paper["questions"][0]["id"], json!({ "type": "single_choice", "choice": "a" })).await;
            assert_eq!(office.review(&candidate).await.problem(409), "exam.not_released");
            office.hand_in(&candidate).await;
            jobs(&office).await;
            let seen = office.review(&candidate).await;
            if practice {
                assert_eq!(seen.expect(200)["score"], 1);
            } else {
                assert_eq!(seen.problem(409), "exam.not_released");
            }
        }
    }

    async fn a_candidate_sees_their_own_exams_and_nobody_elses(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&exam(&office, json!({})).await).await;
        let candidates = office.enrol(&sitting, 2).await;
        sit(&office, &candidates[0], " ", "a").await;
        sit(&office, &candidates[1], " ", "b").await;
        jobs(&office).await;
        let me = Clerk { account: candidates[0].account, grants: Vec::new() };
        let mine = office.get(&me, "/me/attempts").await.expect(200);
        let first = &mine["items"][0];
        assert_eq!((mine["items"].as_array().unwrap().len(), first["attempt_id"].clone(), text(&first["state"]), first["released"].as_bool(), first["score"].clone()),
            (1, json!(candidates[0].attempt), "submitted", Some(false), Value::Null));
        release(&office, &sitting, json!({})).await.expect(200);
        let mine = office.get(&me, "/me/attempts?limit=1").await.expect(200);
        assert_eq!((mine["items"][0]["released"].as_bool(), mine["items"][0]["score"].as_i64(), mine["items"][0]["points_max"].as_i64()), (Some(true), Some(1), Some(2)));

        let thief = Candidate { attempt: candidates[1].attempt, ..candidates[0].clone() };
        assert_eq!(office.review(&thief).await.problem(404), "exam.attempt_not_found");
        let other = format!("/attempts/{}/review", candidates[1].attempt);
        assert_eq!(office.get(&me, &other).await.problem(404), "exam.attempt_not_found");
        assert_eq!(office.get(&office.officer, &other).await.problem(404), "exam.attempt_not_found");
        assert_eq!(office.stage.get(format!("/api/v1/exams{other}")).send().await.problem(401), "auth.sign_in_needed");
        assert_eq!(office.stage.get("/api/v1/exams/me/attempts").ticket(&candidates[0].ticket).send().await.problem(401), "auth.sign_in_needed");
        // Who was taken off a sitting doesn't see it any more; who is deferred does.
        let next = office.sitting(&office.published_exam(1).await).await;
        office.import(&next, "?allow_clash=true", "number,name\nC001,Candidate 1\n").await.expect(200);
        assert_eq!(office.get(&me, "/me/attempts").await.expect(200)["items"].as_array().unwrap().len(), 2);
        let place = path(&next, &format!("/roster/{}", text(&office.roster(&next).await[0]["attempt_id"])));
        office.put(&office.officer, &place, &json!({ "status": "withdrawn" })).await.expect(200);
        assert_eq!(office.get(&me, "/me/attempts").await.expect(200)["items"].as_array().unwrap().len(), 1);
    }

    async fn results_go_out_as_a_table_that_no_spreadsheet_runs(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&exam(&office, json!({})).await).await;
        office.import(&sitting, "", "number,name\n001,\"=HYPERLINK(\"\"http://evil\"\")\"\n002,李伟\n003,Never Came\n").await.expect(200);
        let candidates = office.candidates(&sitting).await;
        sit(&office, &candidates[0], "An essay", "c").await;
        sit(&office, &candidates[1], " ", "a").await;
        office.clock().advance(Span::from_minutes(31));
        jobs(&office).await;
        let answer = office.get(&office.officer, path(&sitting, "/results/export")).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.headers["content-type"], "text/csv; charset=utf-8");
        let file = String::from_utf8(answer.body.to_vec()).unwrap();
        let id: SittingId = text(&sitting["id"]).parse().unwrap();
        assert_eq!(answer.headers["content-disposition"], format!("attachment; filename=\"results-{id}.csv\""));
        let lines: Vec<&str> = file.split("\r\n").collect();
        assert_eq!(lines[0], "\u{feff}\"number\",\"name\",\"roster_status\",\"state\",\"started_at\",\"submitted_at\",\"marking\",\"score\",\"points_max\",\"Q1\",\"Q2\"");
        assert_eq!(lines[1], "\"001\",\"'=HYPERLINK(\"\"http://evil\"\")\",expected,submitted,2026-01-05T16:00:00+08:00,2026-01-05T16:00:00+08:00,partial,0,2,,-0.5");
        assert_eq!(lines[2], "\"002\",\"李伟\",expected,submitted,2026-01-05T16:00:00+08:00,2026-01-05T16:00:00+08:00,marked,1,2,0,1");
        assert_eq!(lines[3], "\"003\",\"Never Came\",expected,absent,,,none,,2,,");
    }

    async fn results_of_another_unit_do_not_exist_and_each_role_sees_its_own(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&exam(&office, json!({})).await).await;
        let candidate = office.enrol(&sitting, 1).await.remove(0);
        sit(&office, &candidate, "An essay", "a").await;
        jobs(&office).await;
        let (question, page) = to_mark(&office, &office.officer, &sitting, "").await;
        let reference = text(&page["items"][0]["response_ref"]).to_owned();
        let file = office.id::<exam_api::CandidateFile>();
        let gets = [
            "/marking".to_owned(),
            format!("/marking/{question}"),
            format!("/marking/{question}/responses/{reference}/files/{file}"),
            "/results".to_owned(),
            "/results/export".to_owned(),
            format!("/attempts/{}/marks", candidate.attempt),
        ];
        let posts = ["/release", "/withdraw-release"];
        let (_, elsewhere) = office.unit("Elsewhere");
        let stranger = office.clerk_of(Role::Officer, &elsewhere);
        for rest in &gets {
            assert_eq!(office.get(&stranger, path(&sitting, rest)).await.problem(404), "exam.sitting_not_found", "{rest}");
        }
        for rest in posts {
            let answer = office.post(&stranger, path(&sitting, rest), &json!({ "reason": "x" })).await;
            assert_eq!(answer.problem(404), "exam.sitting_not_found", "{rest}");
        }
        assert_eq!(mark(&office, &stranger, &sitting, &question, &json!(reference), json!(1)).await.problem(404), "exam.sitting_not_found");
        for role in [Role::Candidate, Role::Author, Role::Invigilator] {
            for rest in &gets {
                assert_eq!(office.get(&office.clerk(role), path(&sitting, rest)).await.problem(403), "auth.forbidden", "{rest}");
            }
        }
        let marker = office.clerk(Role::Marker);
        assert_eq!(office.get(&marker, path(&sitting, "/results")).await.problem(403), "auth.forbidden");
        assert_eq!(office.post(&marker, path(&sitting, "/release"), &json!({})).await.problem(403), "auth.forbidden");
        let analyst = office.clerk(Role::Analyst);
        office.get(&analyst, path(&sitting, "/results")).await.expect(200);
        assert_eq!(office.get(&analyst, path(&sitting, "/marking")).await.problem(403), "auth.forbidden");

        // A response, a file or a question of another sitting is none of this one.
        let other = office.sitting(&office.published_exam(1).await).await;
        assert_eq!(mark(&office, &marker, &other, &question, &json!(reference), json!(1)).await.problem(404), "exam.response_not_found");
        assert_eq!(office.get(&marker, path(&other, &format!("/marking/{question}"))).await.problem(404), "exam.question_not_found");
        assert_eq!(office.get(&marker, path(&sitting, &gets[2])).await.problem(404), "exam.response_not_found");
        assert_eq!(mark(&office, &marker, &sitting, &question, &json!(file), json!(1)).await.problem(404), "exam.response_not_found");
        assert_eq!(office.get(&office.officer, path(&other, &gets[5])).await.problem(404), "exam.attempt_not_found");
        let bad = path(&sitting, &format!("/marking/{question}/responses/{reference}/mark"));
        for body in [json!({}), json!({ "points": "1" }), json!({ "points": 1, "comment": "x".repeat(4001) }), json!({ "points": 1, "grade": "A" }), json!({ "points": 1e300 })] {
            assert_eq!(office.put(&marker, &bad, &body).await.status, 400, "{body}");
        }
    }
}
