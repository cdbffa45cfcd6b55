//! `POST /api/v1/auth/people/import`

use std::sync::Arc;

use authz::{AccountId, UnitId};
use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header},
};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Query, limits::JSON_BYTES_MAX};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    AuthService,
    app::{self, import_roster::ImportedRow},
};

/// Where the people belong, and whether to do it.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// The unit whose candidates they become; the whole institution when left out.
    unit_id: Option<UnitId>,
    /// Only say what would happen.
    #[serde(default)]
    dry_run: bool,
}

/// What an import did, or would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct PeopleImportReport {
    /// Whether nothing was changed.
    dry_run: bool,
    /// People who are new.
    created: usize,
    /// People who were known.
    found: usize,
    /// Every row, in the file's order.
    rows: Vec<ImportedPersonRow>,
}

/// A row of an import.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportedPersonRow {
    /// Its line in the file.
    line: u32,
    /// The person's number.
    number: String,
    /// The person's name.
    display_name: String,
    /// Their account; null in a dry run for people who are new.
    account_id: Option<AccountId>,
    /// Whether they are new.
    created: bool,
}

impl From<ImportedRow> for ImportedPersonRow {
    fn from(row: ImportedRow) -> Self {
        Self {
            line: row.line,
            number: row.number,
            display_name: row.display_name,
            account_id: row.account,
            created: row.created,
        }
    }
}

/// Imports people from a CSV file as candidates: all of them, or none and a list of what is wrong by line and field.
///
/// The first line names the columns, in any order: number (学号), name (姓名), and if wanted email (邮箱) and class (班级).
/// UTF-8 with or without a byte order mark, UTF-16 and GB18030; comma, semicolon or tab. People are known again by
/// number: importing a file twice changes nothing.
#[utoipa::path(
    post,
    path = "/api/v1/auth/people/import",
    operation_id = "import_people",
    tag = "auth",
    params(ImportQuery),
    request_body(content = String, content_type = "text/csv"),
    responses(
        (status = 200, body = PeopleImportReport),
        (status = 422, description = "`auth.import_refused`: nothing was imported, see `errors`", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn import_people(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Query(query): Query<ImportQuery>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Json<PeopleImportReport>> {
    let file = csv_body(&headers, body)?;
    let unit = app::units::path_of(&service, query.unit_id).await?;
    let rows = app::import_roster::import_roster(&service, &actor, &unit, &file, query.dry_run).await?;
    let created = rows.iter().filter(|row| row.created).count();
    Ok(Json(PeopleImportReport {
        dry_run: query.dry_run,
        created,
        found: rows.len() - created,
        rows: rows.into_iter().map(ImportedPersonRow::from).collect(),
    }))
}

fn csv_body(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<Bytes, Problem> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    if !content_type.split(';').next().unwrap_or("").trim().eq_ignore_ascii_case("text/csv") {
        return Err(Problem::new(
            415,
            "request.not_csv",
            "The body must be a CSV file: send Content-Type: text/csv.",
        ));
    }
    body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(
            413,
            "request.too_large",
            format!("The file is too large: at most {JSON_BYTES_MAX} bytes are taken. Split it."),
        ),
        _ => Problem::new(408, "request.body_incomplete", "The file stopped before its end. Send it again."),
    })
}

#[cfg(test)]
mod tests {
    use auth_api::UnitKind;
    use authz::{Grant, Role};
    use axum::http::Method;
    use serde_json::json;
    use test_kit::{Answer, TestDatabase};

    use crate::http::testing::Scene;

    async fn import(scene: &Scene, token: &str, query: &str, file: impl Into<Vec<u8>>) -> Answer {
        let path = format!("/api/v1/auth/people/import?{query}");
        scene
            .stage
            .request(Method::POST, path)
            .bytes("text/csv; charset=gb18030", file.into())
            .token(token)
            .send()
            .await
    }

    async fn everybody(scene: &Scene, token: &str) -> usize {
        let json = scene.stage.get("/api/v1/auth/people?limit=200").token(token).send().await.expect(200);
        json["items"].as_array().unwrap().len()
    }

    test_kit::on_both_databases! {
        async fn a_chinese_roster_comes_in_once_however_often_it_is_imported(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let (_, officer) = scene.people.with_role(Role::Officer);
            let faculty = scene.unit(UnitKind::Faculty, "计算机学院", None).await;
            let class = scene.unit(UnitKind::Class, "计算机1班", Some(&faculty)).await;
            let (file, _, _) = encoding_rs::GB18030.encode("学号,姓名,班级\r\n20260001,李伟,计算机１班\r\n20260002,王芳,\r\n");
            let query = format!("unit_id={}", faculty.unit.id);
            let dry = import(&scene, &officer, &format!("{query}&dry_run=true"), &*file).await.expect(200);
            assert_eq!((&dry["created"], &dry["rows"][0]["account_id"]), (&json!(2), &json!(null)));
            assert_eq!(everybody(&scene, &officer).await, 0);
            let first = import(&scene, &officer, &query, &*file).await.expect(200);
            assert_eq!((&first["created"], &first["found"]), (&json!(2), &json!(0)));
            assert_eq!(first["rows"][0]["display_name"], "李伟");
            let again = import(&scene, &officer, &query, &*file).await.expect(200);
            assert_eq!((&again["created"], &again["found"]), (&json!(0), &json!(2)));
            assert_eq!(again["rows"][0]["account_id"], first["rows"][0]["account_id"]);
            let members = format!("/api/v1/auth/units/{}/members", class.unit.id);
            let members = scene.stage.get(members).token(&officer).send().await.expect(200);
            assert_eq!(members["items"], json!([{ "id": first["rows"][0]["account_id"], "number": "20260001", "display_name": "李伟" }]));
        }

        async fn one_wrong_line_imports_nobody_and_every_wrong_line_is_named(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let (_, officer) = scene.people.with_role(Role::Officer);
            scene.candidate("A9", &authz::UnitPath::institution()).await;
            scene.person("taken", &[]).await;
            let answer = import(&scene, &officer, "", "number,name,email,class\nA1,Ada,,\n,Bob,,\nA3,Cy,nonsense,\nA1,Eve,,\nA5,Fay,,No such class\nA 6,Gil,,\n").await;
            let errors: Vec<_> = answer.json()["errors"].as_array().unwrap().iter()
                .map(|e| (e["line"].as_u64().unwrap(), e["field"].as_str().unwrap().to_owned(), e["code"].as_str().unwrap().to_owned()))
                .collect();
            let expected = [(3, "number", "missing"), (4, "email", "invalid"), (5, "number", "duplicate"), (6, "class", "unknown"), (7, "number", "invalid")];
            assert_eq!(errors, expected.map(|(line, field, code)| (line, field.to_owned(), code.to_owned())));
            assert_eq!(answer.problem(422), "auth.import_refused");
            let answer = import(&scene, &officer, "", "number,name\nA1,Ada\nA9,Somebody else\ntaken,Tim\n").await;
            let codes: Vec<_> = answer.json()["errors"].as_array().unwrap().iter().map(|e| e["code"].as_str().unwrap().to_owned()).collect();
            assert_eq!(codes, ["name_differs", "taken"]);
            assert_eq!(everybody(&scene, &officer).await, 2);
        }

        async fn what_is_no_roster_is_refused(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let (_, officer) = scene.people.with_role(Role::Officer);
            for file in [&b""[..], b"PK\x03\x04\x00\x00", b"a,b\n1,2\n", b"\xff\xfe\x00"] {
                assert_eq!(import(&scene, &officer, "", file).await.problem(422), "auth.import_refused");
            }
            assert_eq!(import(&scene, &officer, "", vec![b'x'; 3_000_000]).await.problem(413), "request.too_large");
            assert_eq!(import(&scene, &officer, "dry_run=perhaps", "x").await.problem(400), "request.query_invalid");
            let json = scene.stage.post("/api/v1/auth/people/import", &json!({})).token(&officer).send().await;
            assert_eq!(json.problem(415), "request.not_csv");
        }

        async fn an_officer_imports_into_their_own_units_alone(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let maths = scene.unit(UnitKind::Faculty, "Mathematics", None).await;
            let law = scene.unit(UnitKind::Faculty, "Law", None).await;
            let (_, officer) = scene.people.with_grants(vec![Grant { role: Role::Officer, unit: maths.unit.path.clone() }]);
            let file = "number,name\nA1,Ada\n";
            assert_eq!(import(&scene, &officer, "", file).await.problem(403), "auth.forbidden");
            assert_eq!(import(&scene, &officer, &format!("unit_id={}", law.unit.id), file).await.problem(403), "auth.forbidden");
            import(&scene, &officer, &format!("unit_id={}", maths.unit.id), file).await.expect(200);
        }

        async fn ten_thousand_people_come_in_at_once(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let (_, officer) = scene.people.with_role(Role::Officer);
            let mut file = String::from("number,name\n");
            for number in 0..10_000 {
                file.push_str(&format!("N{number:05},Person {number}\n"));
            }
            let json = import(&scene, &officer, "", file).await.expect(200);
            assert_eq!(json["created"], 10_000);
        }
    }
}
