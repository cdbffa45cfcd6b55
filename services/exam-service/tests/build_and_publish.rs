//! An author's way from an empty exam to a publication, on either database.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on must stop"
)]

mod office;

use authz::Role;
use office::{Office, PLANTED, errors, essay, named, single_choice, text};
use serde_json::{Value, json};
use test_kit::TestDatabase;

fn fixed(question: impl serde::Serialize) -> Value {
    json!({ "type": "fixed", "question_id": question })
}

test_kit::on_both_databases! {
    async fn an_author_builds_checks_publishes_and_previews(database: TestDatabase) {
        let office = Office::open(database).await;
        let exam = office.post(&office.author, "", &json!({ "title": " Algebra " })).await.expect(201);
        assert_eq!((text(&exam["title"]), exam["definition"]["duration_minutes"].as_u64()), ("Algebra", Some(180)));
        let path = format!("/{}", text(&exam["id"]));
        let empty = office.post(&office.author, format!("{path}/check"), &json!({})).await.expect(200);
        assert_eq!((empty["publishable"].as_bool(), named(&empty["findings"])), (Some(false), vec!["sections[0].items exam.section_empty".to_owned()]));
        assert_eq!(office.publish(&exam).await.problem(422), "exam.not_publishable");

        let bank = office.questions.bank(&[2, 2, 2, 2]);
        let definition = json!({ "duration_minutes": 60, "forms": 2, "sections": [
            { "title": "A", "items": [fixed(office.questions.add(single_choice()))] },
            { "title": "B", "shuffle_questions": true, "items": [{ "type": "draw", "bank_id": bank, "count": 2 }] },
        ] });
        let body = json!({ "version": 1, "title": "Algebra I", "definition": definition });
        let exam = office.put(&office.author, &path, &body).await.expect(200);
        assert_eq!(exam["version"], 2);
        let check = office.post(&office.author, format!("{path}/check"), &json!({})).await.expect(200);
        assert_eq!((check["publishable"].as_bool(), check["question_count"].as_u64(), check["points_max"].as_u64()), (Some(true), Some(3), Some(5)));

        let draft = office.get(&office.author, format!("{path}/preview")).await.expect(200);
        assert_eq!(draft["questions"].as_array().unwrap().len(), 3);
        assert_eq!(office.get(&office.author, format!("{path}/preview?form_no=1")).await.problem(409), "exam.not_published");

        let published = office.publish(&exam).await.expect(201);
        assert_eq!((published["publication"]["number"].as_u64(), published["forms"].as_u64()), (Some(1), Some(2)));
        let outline = office.get(&office.author, format!("{path}/publications/{}?form_no=2", text(&published["publication"]["id"]))).await.expect(200);
        assert_eq!(outline["forms"].as_array().unwrap().len(), 2);
        assert_eq!(outline["sections"][1]["questions"][1]["number"], 3);
        let form = office.get(&office.author, format!("{path}/preview?form_no=2")).await.expect(200);
        assert_eq!(form["sections"][1]["question_ids"].as_array().unwrap().len(), 2);
        for shown in [&outline, &form, &draft] {
            assert!(!shown.to_string().contains(PLANTED) && !shown.to_string().contains("fraction"), "{shown}");
        }

        let again = office.get(&office.author, &path).await.expect(200);
        assert_eq!((again["version"].as_u64(), again["publication"]["number"].as_u64()), (Some(3), Some(1)));
        office.publish(&again).await.expect(201);
        let list = office.get(&office.author, format!("{path}/publications?limit=1")).await.expect(200);
        assert_eq!((list["items"][0]["number"].as_u64(), list["next"].as_str()), (Some(2), Some("2")));
        let rest = office.get(&office.author, format!("{path}/publications?after=2")).await.expect(200);
        assert_eq!((rest["items"][0]["number"].as_u64(), rest["next"].as_str()), (Some(1), None));
    }

    async fn who_is_slower_is_told_so_and_nothing_is_overwritten(database: TestDatabase) {
        let office = Office::open(database).await;
        let exam = office.exam(json!({ "duration_minutes": 60, "sections": [] })).await;
        let path = format!("/{}", text(&exam["id"]));
        let change = |title: &str| json!({ "version": 1, "title": title, "definition": exam["definition"] });
        office.put(&office.author, &path, &change("First")).await.expect(200);
        let refused = office.put(&office.author, &path, &change("Second")).await;
        assert_eq!(refused.json()["facts"]["version"], 2);
        assert_eq!(refused.problem(409), "exam.version_conflict");
        assert_eq!(office.publish(&exam).await.problem(409), "exam.version_conflict");
        assert_eq!(office.get(&office.author, &path).await.expect(200)["title"], "First");
    }

    async fn what_question_service_refuses_is_named_at_its_place_in_the_exam(database: TestDatabase) {
        let office = Office::open(database).await;
        let bank = office.questions.bank(&[1]);
        let known = office.questions.add(single_choice());
        let exam = office.exam(json!({ "duration_minutes": 60, "forms": 3, "sections": [
            { "title": "A", "items": [fixed(known)] },
            { "title": "B", "items": [{ "type": "draw", "bank_id": bank, "count": 2 }] },
        ] })).await;
        let refused = office.publish(&exam).await;
        assert_eq!(errors(&refused), ["sections[1].items[0].count question.draw_too_few"]);
        assert_eq!(refused.problem(422), "exam.not_publishable");
        let unknown: Value = json!("0192f0c1-2345-7abc-8def-0123456789a1");
        let exam = office.exam(json!({ "duration_minutes": 60, "sections": [{ "items": [fixed(unknown)] }] })).await;
        assert_eq!(errors(&office.publish(&exam).await), ["sections[0].items[0] question.not_found"]);
        let preview = office.get(&office.author, format!("/{}/preview", text(&exam["id"]))).await;
        assert_eq!(preview.problem(422), "exam.not_publishable");
    }

    async fn forms_of_other_worth_and_exams_without_points_are_refused(database: TestDatabase) {
        let office = Office::open(database).await;
        let bank = office.questions.bank(&[1, 2, 3]);
        let draw = |points: Value| json!({ "duration_minutes": 60, "forms": 2, "sections": [
            { "items": [{ "type": "draw", "bank_id": bank, "count": 1, "points": points }] },
        ] });
        let unequal = office.exam(draw(Value::Null)).await;
        assert_eq!(errors(&office.publish(&unequal).await), ["sections exam.forms_unequal"]);
        let worthless = office.exam(draw(json!(0))).await;
        assert_eq!(errors(&office.publish(&worthless).await), ["sections exam.no_points"]);
        let equal = office.exam(draw(json!(2))).await;
        office.publish(&equal).await.expect(201);
    }

    async fn results_that_wait_for_a_marker_are_pointed_out_and_publishable(database: TestDatabase) {
        let office = Office::open(database).await;
        let exam = office.exam(json!({ "duration_minutes": 60, "release": { "moment": "when_marked" },
            "sections": [{ "items": [fixed(office.questions.add(essay()))] }] })).await;
        let published = office.publish(&exam).await.expect(201);
        assert_eq!(named(&published["findings"]), ["release.moment exam.release_waits_for_marker"]);
    }

    async fn exams_of_another_unit_do_not_exist(database: TestDatabase) {
        let office = Office::open(database).await;
        let (physics, physics_path) = office.unit("Physics");
        let (_, history_path) = office.unit("History");
        let physicist = office.clerk_of(Role::Author, &physics_path);
        let historian = office.clerk_of(Role::Author, &history_path);
        let body = json!({ "title": "Mechanics", "unit_id": physics });
        assert_eq!(office.post(&historian, "", &body).await.problem(403), "auth.forbidden");
        assert_eq!(office.post(&physicist, "", &json!({ "title": "Everywhere" })).await.problem(403), "auth.forbidden");
        let exam = office.post(&physicist, "", &body).await.expect(201);
        let path = format!("/{}", text(&exam["id"]));
        let change = json!({ "version": 1, "title": "Mine", "definition": exam["definition"] });
        let copy = json!({ "title": "Mine" });
        let version = json!({ "version": 1 });
        let publication = format!("{path}/publications/{}", text(&exam["id"]));
        for answer in [
            office.get(&historian, &path).await,
            office.put(&historian, &path, &change).await,
            office.post(&historian, format!("{path}/archive"), &json!({})).await,
            office.post(&historian, format!("{path}/restore"), &json!({})).await,
            office.post(&historian, format!("{path}/duplicate"), &copy).await,
            office.post(&historian, format!("{path}/check"), &json!({})).await,
            office.post(&historian, format!("{path}/publish"), &version).await,
            office.get(&historian, format!("{path}/publications")).await,
            office.get(&historian, &publication).await,
            office.get(&historian, format!("{path}/preview")).await,
        ] {
            assert_eq!(answer.problem(404), "exam.not_found");
        }
        assert_eq!(office.get(&historian, "").await.expect(200)["items"], json!([]));
        assert_eq!(office.get(&physicist, "").await.expect(200)["items"][0]["title"], "Mechanics");
        // Who may look at an exam here and write elsewhere is told that it's not theirs to change.
        let analyst = office.clerk_of(Role::Analyst, &physics_path);
        office.get(&analyst, &path).await.expect(200);
        assert_eq!(office.put(&analyst, &path, &change).await.problem(403), "auth.forbidden");
        let candidate = office.clerk(Role::Candidate);
        assert_eq!(office.get(&candidate, &path).await.problem(403), "auth.forbidden");
        assert_eq!(office.stage.get(format!("/api/v1/exams{path}")).send().await.problem(401), "auth.sign_in_needed");
    }

    async fn an_exam_is_copied_put_away_and_brought_back(database: TestDatabase) {
        let office = Office::open(database).await;
        let exam = office.published_exam(2).await;
        let path = format!("/{}", text(&exam["id"]));
        let copy = office.post(&office.author, format!("{path}/duplicate"), &json!({ "title": "50% more_maths" })).await.expect(201);
        assert_eq!((copy["definition"].clone(), copy["publication"].clone()), (exam["definition"].clone(), Value::Null));
        let found = office.get(&office.author, "?search=50%25%20MORE_").await.expect(200);
        assert_eq!((found["items"].as_array().unwrap().len(), &found["items"][0]["id"]), (1, &copy["id"]));

        let away = office.post(&office.author, format!("{path}/archive"), &json!({})).await.expect(200);
        assert!(away["archived_at"].is_string());
        let again = office.post(&office.author, format!("{path}/archive"), &json!({})).await.expect(200);
        assert_eq!(again["version"], away["version"]);
        let change = json!({ "version": away["version"], "title": "x", "definition": exam["definition"] });
        assert_eq!(office.put(&office.author, &path, &change).await.problem(409), "exam.archived");
        assert_eq!(office.publish(&away).await.problem(409), "exam.archived");
        assert_eq!(office.get(&office.author, "").await.expect(200)["items"].as_array().unwrap().len(), 1);
        assert_eq!(office.get(&office.author, "?archived=true").await.expect(200)["items"][0]["id"], exam["id"]);
        let back = office.post(&office.author, format!("{path}/restore"), &json!({})).await.expect(200);
        assert_eq!(back["archived_at"], Value::Null);
    }

    async fn bad_input_is_refused_by_field_and_makes_nothing(database: TestDatabase) {
        let office = Office::open(database).await;
        let exam = office.exam(json!({ "duration_minutes": 60, "sections": [] })).await;
        let path = format!("/{}", text(&exam["id"]));
        let sections = vec![json!({ "items": [] }); 51];
        let cases = [
            (json!({ "title": "" }), 400, "request.invalid"),
            (json!({ "title": "x".repeat(301) }), 400, "request.invalid"),
            (json!({ "title": "a\u{0}b" }), 400, "request.invalid"),
            (json!({ "title": "x", "colour": "red" }), 400, "request.invalid"),
            (json!({ "title": 7 }), 400, "request.invalid"),
            (json!({ "title": "x", "unit_id": "0192f0c1-2345-7abc-8def-0123456789a1" }), 422, "exam.unit_unknown"),
            (json!({ "title": "x", "definition": { "duration_minutes": -1, "sections": [] } }), 400, "request.invalid"),
            (json!({ "title": "x", "definition": { "duration_minutes": 1, "sections": sections } }), 422, "exam.too_large"),
            (json!({ "title": "x", "definition": { "duration_minutes": 1, "sections": [{ "items": [{ "type": "wish" }] }] } }), 400, "request.invalid"),
            (json!({ "title": "x", "definition": { "duration_minutes": 1, "sections": [{ "items": [{ "type": "draw", "count": 1, "bank_id": "no" }] }] } }), 400, "request.invalid"),
        ];
        for (body, status, code) in cases {
            assert_eq!(office.post(&office.author, "", &body).await.problem(status), code, "{body}");
        }
        let wild = office.exam(json!({ "duration_minutes": 4_000_000_000_u32, "forms": 4_000_000_000_u32, "sections": [
            { "time_limit_minutes": 4_294_967_295_u32, "items": [{ "type": "draw", "bank_id": exam["id"], "count": 4_294_967_295_u32, "points": 1e6 }] },
            { "time_limit_minutes": 4_294_967_295_u32, "items": [] },
        ] })).await;
        assert_eq!(office.publish(&wild).await.problem(422), "exam.not_publishable");
        for path in ["/not-an-id", "/0192f0c1-2345-7abc-8def-0123456789a1"] {
            assert_eq!(office.get(&office.author, path).await.status, 404);
        }
        assert_eq!(office.get(&office.author, format!("{path}/preview?form_no=x")).await.problem(400), "request.query_invalid");
        assert_eq!(office.get(&office.author, "?limit=0&after=rubbish").await.expect(200)["items"].as_array().unwrap().len(), 1);
        let not_json = office.request("POST", "").token(&office.token(&office.author)).bytes("text/plain", "x").send().await;
        assert_eq!(not_json.problem(415), "request.not_json");
        assert_eq!(office.get(&office.author, "").await.expect(200)["items"].as_array().unwrap().len(), 2);
    }
}
