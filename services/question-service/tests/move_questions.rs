//! Questions come in from files and go out to files, on either database.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that can't go on must stop")]

mod kit;

use axum::http::Method;
use kit::{Desk, content, id};
use serde_json::{Value, json};
use test_kit::TestDatabase;

const FILE: &str = "\
$CATEGORY: $course$/top/数学/函数

// [id:M-1] [tag:basics] [tag:代数]
::Sum:: What is 1 + 1? {=2 ~3}

::Verdict:: The earth is flat. {F}

$CATEGORY: $course$/top/Geography

What is the capital of France? {=Paris =%50%Lutetia}
";

/// A file of true-or-false questions, the one at `broken` without its closing brace.
fn fifty(broken: Option<usize>) -> String {
    (1..=50)
        .map(|number| {
            let close = if broken == Some(number) { "" } else { "}" };
            format!("::Q{number}:: Statement {number} {{T{close}\n\n")
        })
        .collect()
}

async fn titles(desk: &Desk, bank: &str) -> Vec<String> {
    let mut titles = desk.found(&format!("bank_id={bank}&limit=200")).await;
    titles.sort();
    titles
}

test_kit::on_both_databases! {
    async fn a_file_is_imported_with_its_categories_tags_and_numbers(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Imported").await;
        let report = desk.import(&bank, "", FILE).await.expect(200);
        assert_eq!((report["total"].as_i64(), report["imported"].as_i64(), report["categories_created"].as_i64()), (Some(3), Some(3), Some(3)));
        assert_eq!((report["entries"][0]["line"].as_i64(), report["entries"][0]["status"].as_str()), (Some(4), Some("imported")));

        let question = desk.get(&format!("/{}", report["entries"][0]["question_id"].as_str().unwrap())).await.expect(200);
        assert_eq!((question["title"].as_str(), question["idnumber"].as_str(), &question["tags"]), (Some("Sum"), Some("M-1"), &json!(["basics", "代数"])));
        assert_eq!((question["state"].as_str(), question["ready_version"].as_i64()), (Some("ready"), Some(1)));
        let tree = desk.get(&format!("/banks/{bank}/categories")).await.expect(200);
        let paths: Vec<_> = tree["items"].as_array().unwrap().iter().map(|one| one["path"].to_string()).collect();
        assert_eq!(paths, [r#"["Geography"]"#, r#"["数学"]"#, r#"["数学","函数"]"#]);
        assert_eq!(desk.found("q=法国").await.len(), 0);
        assert_eq!(desk.found(&format!("q=earth&bank_id={bank}")).await, ["Verdict"]);
        assert_eq!(desk.acts().await, ["question.bank_created", "question.questions_imported"]);
    }

    async fn the_same_file_again_reports_duplicates_and_uses_the_same_categories(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Imported").await;
        desk.import(&bank, "", FILE).await.expect(200);
        let again = desk.import(&bank, "", FILE).await.expect(200);
        assert_eq!((again["imported"].as_i64(), again["duplicates"].as_i64(), again["categories_created"].as_i64()), (Some(2), Some(1), Some(0)));
        assert_eq!((again["entries"][0]["status"].as_str(), &again["entries"][0]["question_id"]), (Some("duplicate"), &Value::Null));
        assert_eq!(again["entries"][0]["notes"][0]["code"], "question.duplicate");
        let twice = "// [id:X]\nOne {T}\n\n// [id:X]\nTwo {F}\n";
        assert_eq!(desk.import(&bank, "", twice).await.expect(200)["duplicates"], 1);
        let nothing = desk.import(&bank, "&all_or_nothing=true", format!("Three {{T}}\n\n{twice}")).await.expect(200);
        assert_eq!((nothing["imported"].as_i64(), nothing["held_back"].as_i64(), nothing["duplicates"].as_i64()), (Some(0), Some(1), Some(2)));
    }

    async fn a_file_broken_at_question_37_of_50_says_so_and_brings_in_the_other_49(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Imported").await;
        let report = desk.import(&bank, "", fifty(Some(37))).await.expect(200);
        assert_eq!((report["total"].as_i64(), report["imported"].as_i64(), report["refused"].as_i64()), (Some(50), Some(49), Some(1)));
        let entry = &report["entries"][36];
        assert_eq!((entry["number"].as_i64(), entry["line"].as_i64(), entry["status"].as_str()), (Some(37), Some(73), Some("refused")));
        assert_eq!((entry["notes"][0]["line"].as_i64(), entry["notes"][0]["code"].as_str()), (Some(73), Some("gift.brace_not_closed")));
        let there = titles(&desk, &bank).await;
        assert_eq!((there.len(), there.contains(&"Q36".to_owned()), there.contains(&"Q37".to_owned())), (49, true, false));
    }

    async fn all_or_nothing_imports_nothing_of_a_file_with_a_broken_question(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Imported").await;
        let report = desk.import(&bank, "&all_or_nothing=true", fifty(Some(37))).await.expect(200);
        assert_eq!((report["imported"].as_i64(), report["refused"].as_i64(), report["held_back"].as_i64()), (Some(0), Some(1), Some(49)));
        assert_eq!(report["entries"][0]["status"], "held_back");
        assert!(titles(&desk, &bank).await.is_empty());
        assert_eq!(desk.acts().await, ["question.bank_created"]);
        assert_eq!(desk.import(&bank, "&all_or_nothing=true", fifty(None)).await.expect(200)["imported"], 50);
    }

    async fn a_dry_run_says_what_would_happen_and_changes_nothing(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Imported").await;
        let report = desk.import(&bank, "&dry_run=true", FILE).await.expect(200);
        assert_eq!((report["dry_run"].as_bool(), report["imported"].as_i64(), report["categories_created"].as_i64()), (Some(true), Some(3), Some(3)));
        assert_eq!(report["entries"][0]["question_id"], Value::Null);
        assert!(titles(&desk, &bank).await.is_empty());
        assert_eq!(desk.get(&format!("/banks/{bank}/categories")).await.expect(200)["items"], json!([]));
    }

    async fn a_file_in_the_wrong_encoding_is_refused_by_line_and_read_when_named(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Imported").await;
        let (chinese, ..) = encoding_rs::GB18030.encode("First {T}\n\n中国的首都是北京。{T}\n");
        let refused = desk.import(&bank, "", chinese.to_vec()).await;
        let error = refused.json()["errors"][0].clone();
        assert_eq!(refused.problem(422), "question.import_refused");
        assert_eq!((error["line"].as_i64(), error["code"].as_str()), (Some(3), Some("import.wrong_encoding")));
        assert!(error["message"].as_str().unwrap().contains("GB18030"), "{error}");
        assert!(titles(&desk, &bank).await.is_empty());
        assert_eq!(desk.import(&bank, "&encoding=gb18030", chinese.to_vec()).await.expect(200)["imported"], 2);
        assert_eq!(desk.found("q=北京").await.len(), 1);
        assert_eq!(desk.import(&bank, "", b"caf\xe9 {T}".to_vec()).await.problem(422), "question.import_refused");
        assert_eq!(desk.import(&bank, "&encoding=windows-1252", b"caf\xe9 {T}".to_vec()).await.expect(200)["imported"], 1);
        assert_eq!(desk.found("q=café").await.len(), 1);
    }

    async fn what_isnt_a_file_of_questions_is_refused(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Imported").await;
        assert_eq!(desk.import(&bank, "", "").await.problem(422), "question.import_refused");
        assert_eq!(desk.import(&bank, "", b"PK\x03\x04\0\0".to_vec()).await.problem(422), "question.import_refused");
        assert_eq!(desk.import(&bank, "&encoding=klingon", FILE).await.problem(400), "request.query_invalid");
        assert_eq!(desk.import(&bank, "&hurry=true", FILE).await.problem(400), "request.query_invalid");
        let unknown = desk.request(Method::POST, &format!("/banks/{bank}/import?format=docx")).bytes("text/plain", FILE).send().await;
        assert_eq!(unknown.problem(400), "request.query_invalid");
        let huge = "x".repeat(2 * kit::UPLOAD_BYTES_MAX);
        assert_eq!(desk.import(&bank, "", huge).await.problem(413), "request.too_large");
        assert_eq!(desk.acts().await, ["question.bank_created"]);
    }

    async fn a_form_carries_a_file_as_well(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Imported").await;
        let form = format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"q.gift\"\r\n\r\n{FILE}\r\n--x--\r\n");
        let report = desk.request(Method::POST, &format!("/banks/{bank}/import?format=gift&state=draft"))
            .bytes("multipart/form-data; boundary=x", form)
            .send()
            .await
            .expect(200);
        assert_eq!(report["imported"], 3);
        assert_eq!(desk.found(&format!("bank_id={bank}&status=draft")).await.len(), 3);
    }

    async fn a_category_that_cant_be_made_refuses_its_questions_and_no_others(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Imported").await;
        let file = format!("$CATEGORY: a/b/c/d/e/f/g/h/i/j/k\n\nDeep {{T}}\n\n$CATEGORY: {}\n\nLong {{T}}\n\n$CATEGORY: ok\n\nFine {{T}}\n", "x".repeat(300));
        let report = desk.import(&bank, "", file).await.expect(200);
        let codes: Vec<_> = report["entries"].as_array().unwrap().iter().map(|entry| entry["notes"][0]["code"].as_str().unwrap_or("fine")).collect();
        assert_eq!(codes, ["question.category_too_deep", "question.category_name_invalid", "fine"]);
        assert_eq!(report["categories_created"], 1);
    }

    async fn what_is_exported_imports_the_same(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let (bank, copy) = (desk.bank("Original").await, desk.bank("Copy").await);
        desk.import(&bank, "", FILE).await.expect(200);
        desk.question_with(&bank, content("a draft", "draft"), json!({})).await;
        let exported = desk.get(&format!("/banks/{bank}/export?format=gift")).await;
        assert_eq!(exported.headers["content-disposition"], "attachment; filename=\"questions.gift.txt\"");
        let report = desk.get(&format!("/banks/{bank}/export/report?format=gift")).await.expect(200);
        assert_eq!((report["total"].as_i64(), report["written"].as_i64(), report["left_out"].as_i64()), (Some(4), Some(3), Some(1)));
        assert_eq!(report["entries"][0]["notes"][0]["code"], "question.not_ready");

        assert_eq!(desk.import(&copy, "", exported.body.clone()).await.expect(200)["imported"], 3);
        let again = desk.get(&format!("/banks/{copy}/export?format=gift")).await;
        assert_eq!(String::from_utf8_lossy(&again.body), String::from_utf8_lossy(&exported.body));
        let tree = desk.get(&format!("/banks/{bank}/categories")).await.expect(200);
        let geography = id(&tree["items"][0]);
        let part = desk.get(&format!("/banks/{bank}/export?format=gift&category_id={geography}")).await;
        assert!(String::from_utf8_lossy(&part.body).contains("Paris") && !String::from_utf8_lossy(&part.body).contains("Sum"));
        let foreign = desk.get(&format!("/banks/{copy}/export?format=gift&category_id={geography}")).await;
        assert_eq!(foreign.problem(404), "question.category_not_found");
        assert_eq!(desk.acts().await.iter().filter(|act| *act == "question.questions_exported").count(), 3);
    }

    async fn the_report_of_a_long_file_tells_of_what_somebody_should_look_at(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Imported").await;
        let mut file: String = (0..5_100).map(|number| format!("Statement {number} {{T}}\n\n")).collect();
        file.push_str("Broken {T\n");
        let report = desk.import(&bank, "", file).await.expect(200);
        assert_eq!((report["total"].as_i64(), report["imported"].as_i64()), (Some(5_101), Some(5_100)));
        let entries = report["entries"].as_array().unwrap();
        assert_eq!((entries.len(), entries[0]["number"].as_i64(), report["entries_left_out"].as_i64()), (1, Some(5_101), Some(5_100)));
    }

    async fn a_fault_in_the_middle_of_an_import_imports_nothing(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Imported").await;
        let mut tx = desk.service.db.begin().await.unwrap();
        match &mut *tx {
            db::Conn::Sqlite(conn) => {
                let fault = "CREATE TRIGGER question.fault BEFORE INSERT ON question_versions WHEN NEW.title = 'Q37'
                             BEGIN SELECT RAISE(ABORT, 'a fault'); END";
                sqlx::raw_sql(fault).execute(&mut **conn).await.unwrap();
            }
            db::Conn::Postgres(conn) => {
                let fault = "ALTER TABLE question.question_versions ADD CONSTRAINT fault CHECK (title <> 'Q37')";
                sqlx::raw_sql(fault).execute(&mut **conn).await.unwrap();
            }
        }
        tx.commit().await.unwrap();
        let file = format!("$CATEGORY: new\n\n{}", fifty(None));
        assert_eq!(desk.import(&bank, "", file).await.problem(500), "internal");
        assert!(titles(&desk, &bank).await.is_empty());
        assert_eq!(desk.get(&format!("/banks/{bank}/categories")).await.expect(200)["items"], json!([]));
        assert_eq!(desk.found("q=statement").await.len(), 0);
        assert_eq!(desk.acts().await, ["question.bank_created"]);
    }
}
