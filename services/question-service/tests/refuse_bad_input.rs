//! What nobody should send, on either database: each gets a clear refusal, and nothing is kept of it.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that can't go on must stop")]

mod kit;

use axum::http::Method;
use kit::{Desk, content, id, saved, text};
use serde_json::{Value, json};
use test_kit::TestDatabase;

test_kit::on_both_databases! {
    async fn a_body_of_the_wrong_shape_names_the_field(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("One").await;
        let path = format!("/banks/{bank}/questions");
        let with = |change: fn(&mut Value)| {
            let mut body = json!({ "content": content("A", "draft") });
            change(&mut body);
            body
        };
        for (body, field) in [
            (with(|body| body["content"]["question"]["body"]["type"] = "telepathy".into()), "content.question.body"),
            (with(|body| body["content"]["points"] = "many".into()), "content.points"),
            (with(|body| body["content"]["points"] = json!(1e300)), "content.points"),
            (with(|body| body["content"]["title"] = json!("x".repeat(201))), "content.title"),
            (with(|body| body["content"]["state"] = "perfect".into()), "content.state"),
            (with(|body| body["content"]["colour"] = "red".into()), "content"),
            (with(|body| body["tags"] = json!(["ok", "bad\u{7}"])), "tags[1]"),
            (with(|body| body["category_id"] = json!(7)), "category_id"),
            (with(|body| { body["content"].as_object_mut().unwrap().remove("key"); }), "content"),
        ] {
            let refused = desk.post(&path, &body).await;
            let named = refused.json()["errors"][0]["field"].as_str().unwrap_or_default().to_owned();
            assert_eq!(refused.problem(400), "request.invalid", "{body}");
            assert!(named.starts_with(field), "{named} isn't in {field}");
        }
        let negative = with(|body| body["content"]["points"] = json!(-1));
        assert_eq!(desk.post(&path, &negative).await.problem(422), "question.invalid");
        let malformed = desk.request(Method::POST, &path).bytes("application/json", "{\"content\": ").send().await;
        assert_eq!(malformed.problem(400), "request.malformed");
        let untyped = desk.request(Method::POST, &path).bytes("text/plain", "{}").send().await;
        assert_eq!(untyped.problem(415), "request.not_json");
        assert_eq!(desk.acts().await, ["question.bank_created"]);
    }

    async fn a_body_that_is_too_large_is_refused_by_its_size(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("One").await;
        let path = format!("/banks/{bank}/questions");
        let large = json!({ "content": content(&"x".repeat(3 * 1024 * 1024), "draft") });
        assert_eq!(desk.post(&path, &large).await.problem(413), "request.too_large");
        let mut wordy = content("A", "draft");
        wordy["question"]["stem"] = text(&"字".repeat(200_000));
        let refused = desk.post(&path, &json!({ "content": wordy })).await;
        assert_eq!(refused.json()["errors"][0]["field"], "question");
        assert_eq!(refused.problem(422), "question.invalid");
    }

    async fn a_draft_may_be_nonsense_and_is_kept_and_found_all_the_same(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("One").await;
        let mut odd = content("odd", "draft");
        odd["question"]["stem"] = text("zero \u{0} <script>alert('x')</script> ' \" \\ $$ \u{202e} 🦉 owl'); DROP TABLE x; --");
        odd["key"] = json!({ "scheme": { "type": "true_false", "right": true } });
        let stored = desk.question_with(&bank, odd, json!({})).await;
        assert_eq!(stored["question"]["stem"]["text"].as_str().map(|text| text.contains('\u{0}')), Some(true));
        assert!(stored["findings"].as_array().unwrap().iter().any(|finding| finding["code"] == "question.key_type"));
        assert_eq!(desk.found("q=owl").await, ["odd"]);
        let many = text(&"word 词语 ".repeat(15_000));
        let mut long = content("long", "draft");
        long["question"]["stem"] = many;
        desk.question_with(&bank, long, json!({})).await;
        assert_eq!(desk.found("q=%E8%AF%8D%E8%AF%AD").await, ["long"]);
    }

    async fn what_isnt_an_id_is_nothing(database: TestDatabase) {
        let desk = Desk::open(database).await;
        for path in ["/x", "/banks/x", "/categories/x/y", "/stimuli/%00", "/banks/00000000-0000-0000-0000-000000000000"] {
            assert_eq!(desk.get(path).await.status, 404, "{path}");
        }
        let bank = desk.bank("One").await;
        let question = desk.question(&bank, "A").await;
        for number in ["x", "-1", "0", "99999999999999999999"] {
            assert_eq!(desk.get(&format!("/{}/versions/{number}", id(&question))).await.status, 404, "{number}");
        }
    }

    async fn the_same_request_under_one_key_is_done_once(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("One").await;
        let body = json!({ "content": content("A", "ready") });
        let send = || desk.request(Method::POST, &format!("/banks/{bank}/questions")).header("idempotency-key", "k1").json(&body).send();
        let first = send().await.expect(201);
        assert_eq!(id(&send().await.expect(201)), id(&first));
        assert_eq!(desk.found(&format!("bank_id={bank}")).await.len(), 1);
    }

    async fn a_question_has_a_bounded_number_of_versions(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("One").await;
        let question = desk.question(&bank, "A").await;
        let mut tx = desk.service.db.begin().await.unwrap();
        for sql in [
            "INSERT INTO question.question_versions (id, question_id, number, question_type, state, title, points, content, content_hash, note, saved_at)
             SELECT question_id, question_id, 1000, question_type, state, title, points, content, content_hash, note, saved_at
             FROM question.question_versions",
            "INSERT INTO question.question_keys (version_id, content, content_hash)
             SELECT v.question_id, k.content, k.content_hash
             FROM question.question_versions v JOIN question.question_keys k ON k.version_id = v.id",
            "UPDATE question.questions SET version = 1000",
        ] {
            db::on!(&mut *tx, c => sqlx::query(sql).execute(c).await.map(|_| ())).unwrap();
        }
        tx.commit().await.unwrap();
        let mut save = saved(&question);
        save["version"] = json!(1000);
        save["content"]["title"] = "B".into();
        assert_eq!(desk.put(&format!("/{}", id(&question)), &save).await.problem(409), "question.too_many_versions");
    }
}
