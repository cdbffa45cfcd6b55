//! An author uploads pictures and tries a question as a candidate would get it, on either database.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that can't go on must stop")]

mod kit;

use axum::http::Method;
use kit::{Desk, PNG, content, text};
use serde_json::{Value, json};
use test_kit::{Answer, TestDatabase};

/// A text of the key that must never be in what a candidate gets.
const PLANTED: &str = "PLANTED-KEY-41c7";

async fn upload(desk: &Desk, bytes: &[u8]) -> Answer {
    let mut form = b"--x\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n--x\r\nContent-Disposition: form-data; \
        name=\"file\"; filename=\"../../evil.svg\"\r\nContent-Type: image/svg+xml\r\n\r\n"
        .to_vec();
    form.extend(bytes);
    form.extend(b"\r\n--x--\r\n");
    desk.request(Method::POST, "/media").bytes("multipart/form-data; boundary=x", form).send().await
}

fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.headers.get(name).map_or("", |value| value.to_str().unwrap())
}

test_kit::on_both_databases! {
    async fn a_picture_is_kept_under_its_hash_and_shown_to_anybody_who_knows_it(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let media = upload(&desk, PNG).await.expect(201);
        let hash = media["sha256"].as_str().unwrap();
        assert_eq!((media["media_type"].as_str(), media["width"].as_i64(), media["height"].as_i64()), (Some("image/png"), Some(1), Some(1)));
        assert_eq!(media["reference"], format!("media:{hash}"));
        assert_eq!(upload(&desk, PNG).await.expect(201), media);
        assert_eq!(desk.acts().await, ["question.media_uploaded"]);

        let url = media["url"].as_str().unwrap();
        let shown = desk.stage.get(url).send().await;
        assert_eq!((shown.status.as_u16(), &shown.body[..]), (200, PNG));
        assert_eq!(header(&shown, "content-type"), "image/png");
        assert_eq!(header(&shown, "cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(header(&shown, "x-content-type-options"), "nosniff");
        assert_eq!(header(&shown, "content-security-policy"), "default-src 'none'; sandbox");
        let again = desk.stage.get(url).header("if-none-match", header(&shown, "etag")).send().await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
        for unknown in ["0".repeat(64), "..%2f..%2fetc%2fpasswd".to_owned(), hash.to_uppercase()] {
            let missing = desk.stage.get(Desk::path(&format!("/media/{unknown}"))).send().await;
            assert_eq!(missing.problem(404), "question.media_not_found");
        }
    }

    async fn what_isnt_a_picture_is_refused_whatever_it_says_it_is(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
        assert_eq!(upload(&desk, svg).await.problem(415), "question.media_type_refused");
        assert_eq!(upload(&desk, b"").await.problem(415), "question.media_type_refused");
        assert_eq!(upload(&desk, &PNG[..20]).await.problem(422), "question.media_damaged");
        let large = [PNG, &vec![0; kit::UPLOAD_BYTES_MAX]].concat();
        assert_eq!(upload(&desk, &large).await.problem(413), "question.media_too_large");
        let larger = [PNG, &vec![0; 2 * kit::UPLOAD_BYTES_MAX]].concat();
        assert_eq!(upload(&desk, &larger).await.problem(413), "request.too_large");

        let send = |content_type: &'static str, body: &'static str| {
            desk.request(Method::POST, "/media").bytes(content_type, body).send()
        };
        assert_eq!(send("application/json", "{}").await.problem(415), "request.not_a_file");
        assert_eq!(send("multipart/form-data", "x").await.problem(400), "request.form_malformed");
        assert_eq!(send("multipart/form-data; boundary=x", "--x\r\nhalf").await.problem(400), "request.form_malformed");
        let other = "--x\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--x--\r\n";
        assert_eq!(send("multipart/form-data; boundary=x", other).await.problem(400), "request.file_missing");
    }

    async fn a_question_that_shows_a_missing_picture_isnt_ready(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Pictures").await;
        let hash = upload(&desk, PNG).await.expect(201)["sha256"].as_str().unwrap().to_owned();
        desk.question(&bank, &format!("See ![dot](media:{hash})")).await;
        let missing = "f".repeat(64);
        let asked = content(&format!("See ![dot](media:{missing})"), "ready");
        let refused = desk.post(&format!("/banks/{bank}/questions"), &json!({ "content": asked })).await;
        assert_eq!(refused.json()["errors"][0]["code"], "question.media_missing");
        assert_eq!(refused.problem(422), "question.not_ready");
        let stimulus = json!({ "text": text(&format!("![x](media:{missing})")) });
        assert_eq!(desk.post(&format!("/banks/{bank}/stimuli"), &stimulus).await.problem(422), "question.stimulus_invalid");
    }

    async fn a_preview_is_what_a_candidate_would_get_and_holds_no_key(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let mut asked = content("Which is **right**? $x^2$", "draft");
        asked["key"]["explanation"] = text(PLANTED);
        asked["key"]["scheme"]["feedback"] = json!({ "a": text(PLANTED) });
        let body = json!({ "question": asked["question"], "key": asked["key"], "stimulus": text("*Passage*<script>x</script>") });
        let preview = desk.post("/preview", &body).await.expect(200);
        assert_eq!(
            preview["candidate"]["stem_html"].as_str().map(str::trim),
            Some("<p>Which is <strong>right</strong>? <span class=\"math math-inline\">x^2</span></p>")
        );
        assert_eq!(preview["candidate"]["interaction"]["options"][0], json!({ "id": "a", "html": "right" }));
        assert_eq!(preview["stimulus_html"].as_str().map(str::trim), Some("<p><em>Passage</em></p>"));
        assert_eq!(preview["findings"], json!([]));
        assert!(!preview.to_string().contains(PLANTED) && !preview.to_string().contains("fraction"));

        let half = json!({ "question": { "stem": text(""), "body": asked["question"]["body"] }, "key": asked["key"], "shuffle": true });
        assert_eq!(desk.post("/preview", &half).await.expect(200)["findings"][0]["field"], "question.stem.text");
        assert!(desk.acts().await.is_empty(), "a preview changes nothing");
    }

    async fn an_author_tries_the_question_and_sees_what_a_response_is_worth(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let items = json!([{ "id": "a", "text": text("Mercury") }, { "id": "b", "text": text("Earth") }]);
        let question = json!({ "stem": text("Order"), "body": { "type": "ordering", "items": items } });
        let key = json!({ "scheme": { "type": "ordering", "order": ["a", "b"], "rule": "exact" } });
        // A candidate sees Earth as `a` and Mercury as `b`: the ids don't show the order.
        let preview = desk.post("/preview", &json!({ "question": question, "key": key })).await.expect(200);
        assert_eq!(preview["candidate"]["interaction"]["items"][0], json!({ "id": "a", "html": "Earth" }));
        let tried = |order: Value| json!({ "question": question, "key": key, "points": 3, "response": { "type": "ordering", "order": order } });
        let right = desk.post("/preview/mark", &tried(json!(["b", "a"]))).await.expect(200);
        assert_eq!((right["marked"]["points"].as_i64(), right["marked"]["outcome"].as_str()), (Some(3), Some("correct")));
        assert_eq!(right["right_response"]["order"], json!(["b", "a"]));
        let wrong = desk.post("/preview/mark", &tried(json!(["a", "b"]))).await.expect(200);
        assert_eq!(wrong["marked"]["points"], 0);
        let foreign = json!({ "question": question, "key": key, "response": { "type": "ordering", "order": ["x"] } });
        assert_eq!(desk.post("/preview/mark", &foreign).await.problem(422), "question.response_invalid");
    }
}
