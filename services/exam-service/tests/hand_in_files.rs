//! Candidates hand in files as answers.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that can't go on must stop")]

mod kit;

use authz::Role;
use kit::{Candidate, Hall};
use serde_json::json;
use test_kit::{Answer, TestDatabase};

async fn upload(hall: &Hall, candidate: &Candidate, name: &str, bytes: &[u8]) -> Answer {
    upload_as(hall, candidate, uuid::Uuid::new_v4(), name, bytes).await
}

async fn upload_as(hall: &Hall, candidate: &Candidate, id: uuid::Uuid, name: &str, bytes: &[u8]) -> Answer {
    let mut body = Vec::new();
    body.extend(b"--edge\r\n");
    body.extend(
        format!("content-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n").as_bytes(),
    );
    body.extend(bytes);
    body.extend(b"\r\n--edge--\r\n");
    hall.stage
        .request(axum::http::Method::PUT, Hall::path(candidate, &format!("/files/{id}")))
        .ticket(&candidate.ticket)
        .bytes("multipart/form-data; boundary=edge", body)
        .send()
        .await
}

test_kit::on_both_databases! {
    async fn a_file_comes_back_as_it_was_handed_in_to_its_candidate_and_to_markers_alone(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let (candidate, other) = (hall.seat_and_start().await, hall.seat_and_start().await);
        let taken = upload(&hall, &candidate, "../../方案 1.pdf", b"%PDF-1.7 \x00\xff").await.expect(200);
        assert_eq!((taken["name"].as_str(), taken["bytes"].as_i64()), (Some("方案 1.pdf"), Some(11)));
        let rest = format!("/files/{}", taken["id"].as_str().unwrap());

        let back = hall.read(&candidate, &rest).await;
        assert_eq!((back.status.as_u16(), &back.body[..]), (200, b"%PDF-1.7 \x00\xff".as_slice()));
        assert!(back.headers["content-disposition"].to_str().unwrap().starts_with("attachment;"));
        assert_eq!(hall.read(&other, &rest).await.problem(404), "exam.file_not_found");

        let path = Hall::path(&candidate, &rest);
        let as_role = |role: Role| {
            let (_, token) = hall.people().with_role(role);
            let request = hall.stage.get(path.clone()).token(&token);
            async move { request.send().await.status.as_u16() }
        };
        assert_eq!((as_role(Role::Marker).await, as_role(Role::Author).await), (200, 404));
        assert_eq!((as_role(Role::Candidate).await, as_role(Role::Invigilator).await), (404, 404));
    }

    async fn the_same_file_again_is_one_file_and_another_under_its_id_is_refused(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let (candidate, other) = (hall.seat_and_start().await, hall.seat_and_start().await);
        let id = uuid::Uuid::new_v4();
        let first = upload_as(&hall, &candidate, id, "a.pdf", b"one").await.expect(200);
        assert_eq!(first["id"], id.to_string());
        assert_eq!(upload_as(&hall, &candidate, id, "a.pdf", b"one").await.expect(200), first);
        assert_eq!(upload_as(&hall, &candidate, id, "a.pdf", b"two").await.problem(409), "exam.file_id_taken");
        assert_eq!(upload_as(&hall, &other, id, "a.pdf", b"one").await.problem(409), "exam.file_id_taken");
        assert_eq!(hall.read(&candidate, &format!("/files/{id}")).await.body[..], *b"one");
        hall.submit(&candidate, 1).await.expect(200);
        // Its reply was lost, and the exam is over meanwhile.
        assert_eq!(upload_as(&hall, &candidate, id, "a.pdf", b"one").await.expect(200), first);
    }

    async fn who_resumes_is_told_which_files_have_not_come(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat_and_start().await;
        let (here, elsewhere) = (uuid::Uuid::new_v4(), uuid::Uuid::new_v4());
        let named = |id: uuid::Uuid| json!({ "id": id, "name": "a.pdf", "bytes": 3 });
        let response = json!({ "type": "file_upload", "files": [named(here), named(elsewhere)] });
        let entries = json!([{ "seq": 1, "question_id": hall.questions[0], "response": response }]);
        hall.save_body(&candidate, &json!({ "lease_no": 1, "entries": entries })).await.expect(200);
        upload_as(&hall, &candidate, here, "a.pdf", b"one").await.expect(200);
        let missing = async || hall.read(&candidate, "/responses").await.expect(200)["responses"][0]["missing_files"].clone();
        assert_eq!(missing().await, json!([elsewhere]));
        upload_as(&hall, &candidate, elsewhere, "a.pdf", b"two").await.expect(200);
        assert_eq!(missing().await, json!([]));
    }

    async fn a_file_that_cant_be_taken_is_refused_with_its_reason(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat_and_start().await;
        assert_eq!(upload(&hall, &candidate, "a.pdf", b"").await.problem(422), "exam.file_empty");
        assert_eq!(upload(&hall, &candidate, "", b"x").await.problem(422), "exam.file_name_invalid");
        let large = vec![0; 200 * 1024];
        assert_eq!(upload(&hall, &candidate, "a.pdf", &large).await.problem(413), "exam.file_too_large");
        let broken = hall
            .stage
            .put(Hall::path(&candidate, &format!("/files/{}", uuid::Uuid::nil())), &json!({}))
            .ticket(&candidate.ticket)
            .send()
            .await;
        assert_eq!(broken.problem(400), "exam.file_missing");
        hall.submit(&candidate, 1).await.expect(200);
        assert_eq!(upload(&hall, &candidate, "a.pdf", b"x").await.problem(409), "exam.not_in_progress");
    }
}
