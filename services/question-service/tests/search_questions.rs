//! An author finds questions by what they say, in English and Chinese, on either database.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that can't go on must stop")]

mod kit;

use kit::{Desk, content, id, saved, text};
use serde_json::{Value, json};
use test_kit::TestDatabase;

/// Percent-encodes what a query can't hold.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}

async fn finds(desk: &Desk, words: &str) -> Vec<String> {
    desk.found(&format!("q={}", encoded(words))).await
}

test_kit::on_both_databases! {
    async fn questions_are_found_by_their_words_in_english_and_chinese(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Mixed").await;
        desk.question(&bank, "What is the capital of France?").await;
        desk.question(&bank, "中国的首都是哪座城市？").await;
        desk.question(&bank, "Which planets have rings? 太阳系").await;
        desk.question_with(&bank, content("Plain", "ready"), json!({ "tags": ["Photosynthesis"], "idnumber": "BIO-17" })).await;

        assert_eq!(finds(&desk, "capital").await, ["What is the capital of France?"]);
        assert_eq!(finds(&desk, "FRANCE capital").await, ["What is the capital of France?"]);
        assert_eq!(finds(&desk, "首都").await, ["中国的首都是哪座城市？"]);
        assert_eq!(finds(&desk, "中国的首都").await, ["中国的首都是哪座城市？"]);
        assert_eq!(finds(&desk, "市").await, ["中国的首都是哪座城市？"]);
        assert_eq!(finds(&desk, "ＰＬＡＮＥＴＳ 太阳").await, ["Which planets have rings? 太阳系"]);
        assert_eq!(finds(&desk, "plan").await, ["Which planets have rings? 太阳系"], "while it is being typed");
        assert_eq!(finds(&desk, "photosynthesis").await, ["Plain"], "by tag");
        assert_eq!(finds(&desk, "bio-17").await, ["Plain"], "by number");
        assert_eq!(finds(&desk, "right").await.len(), 4, "by what an option says");
        for nothing in ["国首", "capital germany", "plan ets", "首都机场", "…", "' OR 1=1 --", "\"", "*", "a:*&"] {
            assert!(finds(&desk, nothing).await.is_empty(), "{nothing}");
        }
        assert_eq!(finds(&desk, "").await.len(), 4, "no text is a plain list");
    }

    async fn a_saved_question_is_found_by_its_new_words_alone(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Mixed").await;
        let question = desk.question(&bank, "elephant").await;
        let mut save = saved(&question);
        save["content"]["question"]["stem"] = text("giraffe");
        save["content"]["title"] = "giraffe".into();
        save["tags"] = json!(["savanna"]);
        desk.put(&format!("/{}", id(&question)), &save).await.expect(200);
        assert!(finds(&desk, "elephant").await.is_empty());
        assert_eq!(finds(&desk, "giraffe").await, ["giraffe"]);
        assert_eq!(finds(&desk, "savanna").await, ["giraffe"]);
    }

    async fn filters_narrow_a_search_together(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let (bank, other) = (desk.bank("One").await, desk.bank("Two").await);
        let outer = desk.category(&bank, None, "outer").await;
        let inner = desk.category(&bank, Some(&outer), "inner").await;
        let filed = |category: &str, tags: &[&str]| json!({ "category_id": category, "tags": tags });
        desk.question_with(&bank, content("apple 1", "ready"), filed(&outer, &["a"])).await;
        desk.question_with(&bank, content("apple 2", "draft"), filed(&inner, &["a", "b"])).await;
        desk.question_with(&bank, content("pear 3", "ready"), filed(&inner, &["b"])).await;
        desk.question(&other, "apple 4").await;
        let essay = json!({
            "title": "apple 5", "state": "ready",
            "question": { "stem": text("apple"), "body": { "type": "essay" } }, "key": { "scheme": { "type": "essay" } },
        });
        desk.question_with(&bank, essay, json!({})).await;

        assert_eq!(desk.found("q=apple").await, ["apple 5", "apple 4", "apple 2", "apple 1"]);
        assert_eq!(desk.found(&format!("q=apple&bank_id={bank}")).await, ["apple 5", "apple 2", "apple 1"]);
        assert_eq!(desk.found(&format!("category_id={outer}")).await, ["pear 3", "apple 2", "apple 1"]);
        assert_eq!(desk.found(&format!("q=apple&category_id={inner}")).await, ["apple 2"]);
        assert_eq!(desk.found("tag=a&tag=b").await, ["apple 2"]);
        assert_eq!(desk.found("q=apple&status=ready&tag=A").await, ["apple 1"]);
        assert_eq!(desk.found("type=essay").await, ["apple 5"]);
        assert_eq!(desk.found("type=essay&type=single_choice&status=draft").await, ["apple 2"]);
        // What few of a bank's questions pass is looked at first, and comes to the same.
        let of = |rest: &str| format!("bank_id={bank}&{rest}");
        assert_eq!(desk.found(&of("q=apple&status=draft")).await, ["apple 2"]);
        assert_eq!(desk.found(&of("q=apple&status=ready&type=essay")).await, ["apple 5"]);
        assert!(desk.found(&of("q=pear&status=draft")).await.is_empty());
        assert!(desk.found(&of("q=apple&status=archived")).await.is_empty());
        assert_eq!(desk.found(&of("q=apple&status=ready&limit=1")).await, ["apple 5"]);
    }

    async fn a_search_goes_on_page_by_page_while_questions_come(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("One").await;
        for number in 1..=5 {
            desk.question(&bank, &format!("apple {number}")).await;
        }
        let mut seen = Vec::new();
        let mut after = String::new();
        loop {
            let page = desk.get(&format!("/search?q=apple&limit=2{after}")).await.expect(200);
            seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap().to_owned()));
            desk.question(&bank, "apple that came later").await;
            match &page["next"] {
                Value::String(next) => after = format!("&after={next}"),
                _ => break,
            }
        }
        assert_eq!(seen, ["apple 5", "apple 4", "apple 3", "apple 2", "apple 1"]);
    }

    async fn a_search_that_cant_be_read_is_refused_by_parameter(database: TestDatabase) {
        let desk = Desk::open(database).await;
        for (query, field) in [
            ("bank_id=x", "bank_id"), ("type=telepathy", "type"), ("status=gone", "status"), ("limit=many", "limit"),
            ("colour=red", "colour"), ("tag=", "tag"), (&*format!("q={}", "x".repeat(201)), "q"),
        ] {
            let refused = desk.get(&format!("/search?{query}")).await;
            assert_eq!(refused.json()["errors"][0]["field"], field);
            assert_eq!(refused.problem(400), "request.query_invalid");
        }
        let many = "tag=a&".repeat(21);
        assert_eq!(desk.get(&format!("/search?{many}")).await.problem(422), "question.too_many_filters");
        assert_eq!(desk.get("/search?q=%00&after=zzz").await.problem(400), "request.query_invalid");
    }
}
