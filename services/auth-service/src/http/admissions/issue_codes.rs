//! `POST /api/v1/auth/sittings/{sitting_id}/admission-codes`

use std::sync::Arc;

use authz::{AccountId, AttemptId, SittingId};
use axum::{extract::State, http::header, response::IntoResponse};
use foundation::{FieldProblem, Instant, Problem};
use http_kit::{ApiResult, Caller, Json, Path};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    AuthService,
    app::{
        self,
        issue_admission_codes::{IssuedCode, Which},
    },
};

/// Candidates who are named in one call, at most.
const CANDIDATES_MAX: usize = 1_000;

/// Who gets a new code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueCodesRequest {
    /// `missing`: those who have none. `all`: everybody; the codes that were printed stop working.
    /// `candidates`: those in `candidates`; their old codes stop working.
    which: WhichCandidates,
    /// For `candidates`: their accounts.
    #[serde(default)]
    #[schema(max_items = 1000)]
    candidates: Vec<AccountId>,
}

/// Who gets a new code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum WhichCandidates {
    /// Those who have none.
    Missing,
    /// Everybody.
    All,
    /// Those who are named.
    Candidates,
}

/// New admission codes, to be printed. They are shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct IssuedCodes {
    /// The sitting.
    sitting_id: SittingId,
    /// The sitting's title.
    title: String,
    /// The new codes, in the order of the candidates' numbers.
    issued: Vec<AdmissionSlip>,
    /// How many candidates keep a code that was printed earlier.
    kept: usize,
}

/// What is printed for one candidate.
#[derive(Debug, Serialize, ToSchema)]
pub struct AdmissionSlip {
    /// The candidate's account.
    candidate_id: AccountId,
    /// The attempt that the code opens.
    attempt_id: AttemptId,
    /// The candidate's number.
    number: Option<String>,
    /// The candidate's name.
    candidate_name: String,
    /// The code, in groups.
    code: String,
    /// When the candidate may start; check-in opens 60 minutes earlier.
    opens_at: Instant,
}

impl From<IssuedCode> for AdmissionSlip {
    fn from(issued: IssuedCode) -> Self {
        Self {
            candidate_id: issued.candidate,
            attempt_id: issued.attempt,
            number: issued.number,
            candidate_name: issued.candidate_name,
            code: issued.code.to_string(),
            opens_at: issued.opens_at,
        }
    }
}

/// Makes admission codes for a sitting. Only keyed hashes are kept: print them now, or make new ones later.
#[utoipa::path(
    post,
    path = "/api/v1/auth/sittings/{sitting_id}/admission-codes",
    operation_id = "issue_admission_codes",
    tag = "auth",
    params(("sitting_id" = SittingId, Path, description = "The sitting")),
    request_body = IssueCodesRequest,
    responses(
        (status = 200, body = IssuedCodes),
        (status = 404, description = "`auth.sitting_not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`auth.not_on_list`", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn issue_admission_codes(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Path(sitting): Path<SittingId>,
    Json(body): Json<IssueCodesRequest>,
) -> ApiResult<impl IntoResponse> {
    let which = which(body)?;
    let codes = app::issue_admission_codes::issue_admission_codes(&service, &actor, sitting, &which).await?;
    let body = IssuedCodes {
        sitting_id: codes.sitting.id,
        title: codes.sitting.title,
        issued: codes.issued.into_iter().map(AdmissionSlip::from).collect(),
        kept: codes.kept,
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(body)))
}

fn which(body: IssueCodesRequest) -> Result<Which, Problem> {
    let named = body.candidates.len();
    match body.which {
        WhichCandidates::Candidates if (1..=CANDIDATES_MAX).contains(&named) => {
            Ok(Which::Candidates(body.candidates))
        }
        WhichCandidates::Missing if named == 0 => Ok(Which::Missing),
        WhichCandidates::All if named == 0 => Ok(Which::All),
        _ => {
            let message =
                format!("Name 1 to {CANDIDATES_MAX} candidates with `candidates`, and none otherwise.");
            let errors = vec![FieldProblem::at("candidates", "count", message.clone())];
            Err(Problem::invalid("auth.candidates_invalid", message, errors))
        }
    }
}

#[cfg(test)]
mod tests {
    use auth_api::UnitKind;
    use authz::{Grant, Role, SittingId, UnitPath};
    use foundation::Span;
    use serde_json::{Value, json};
    use test_kit::{Answer, TestDatabase};

    use crate::http::testing::{Exam, Scene};

    async fn issue(scene: &Scene, token: &str, sitting: SittingId, body: &Value) -> Answer {
        let path = format!("/api/v1/auth/sittings/{sitting}/admission-codes");
        scene.stage.post(path, body).token(token).send().await
    }

    async fn check_in(scene: &Scene, code: &Value) -> Answer {
        scene.stage.post("/api/v1/auth/check-in", &json!({ "code": code })).send().await
    }

    /// A sitting with three candidates.
    async fn three(scene: &Scene, unit: UnitPath) -> Vec<Exam> {
        let first = scene.sitting_of(Span::from_minutes(10), unit.clone(), "3").await;
        let mut exams = vec![first];
        for number in ["1", "2"] {
            let mut exam = scene.sitting_of(Span::from_minutes(10), unit.clone(), number).await;
            exam.sitting = exams[0].sitting;
            exam.attempt = foundation::Id::new(&scene.clock, &foundation::SystemRandom);
            scene.register(&exam).await;
            exams.push(exam);
        }
        exams
    }

    test_kit::on_both_databases! {
        async fn codes_are_printed_in_order_once_and_only_for_those_without(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let exams = three(&scene, UnitPath::institution()).await;
            let sitting = exams[0].sitting;
            let (_, officer) = scene.people.with_role(Role::Officer);
            let json = issue(&scene, &officer, sitting, &json!({ "which": "missing" })).await.expect(200);
            let numbers: Vec<_> = json["issued"].as_array().unwrap().iter().map(|s| s["number"].as_str().unwrap()).collect();
            assert_eq!((json["title"].as_str(), numbers), (Some("Algebra, final"), vec!["1", "2", "3"]));
            let again = issue(&scene, &officer, sitting, &json!({ "which": "missing" })).await.expect(200);
            assert_eq!((&again["issued"], &again["kept"]), (&json!([]), &json!(3)));
            check_in(&scene, &json["issued"][0]["code"]).await.expect(200);
            let mut conn = scene.service.db.read().await.unwrap();
            let hashes: Vec<Vec<u8>> = db::on!(&mut conn, c => sqlx::query_scalar("SELECT code_hash FROM auth.admissions WHERE code_hash IS NOT NULL").fetch_all(c).await).unwrap();
            assert!(hashes.len() == 3 && hashes.iter().all(|hash| hash.len() == 32));
        }

        async fn a_lost_code_is_replaced_for_one_and_a_lost_sheet_for_all(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let exams = three(&scene, UnitPath::institution()).await;
            let sitting = exams[0].sitting;
            let (_, officer) = scene.people.with_role(Role::Officer);
            let old = issue(&scene, &officer, sitting, &json!({ "which": "all" })).await.expect(200);
            let one = json!({ "which": "candidates", "candidates": [exams[1].candidate] });
            let new = issue(&scene, &officer, sitting, &one).await.expect(200);
            assert_eq!((new["issued"].as_array().unwrap().len(), &new["kept"]), (1, &json!(2)));
            assert_eq!(new["issued"][0]["number"], "1");
            assert_eq!(check_in(&scene, &old["issued"][0]["code"]).await.problem(401), "auth.code_unknown");
            check_in(&scene, &new["issued"][0]["code"]).await.expect(200);
            check_in(&scene, &old["issued"][1]["code"]).await.expect(200);
            issue(&scene, &officer, sitting, &json!({ "which": "all" })).await.expect(200);
            assert_eq!(check_in(&scene, &old["issued"][1]["code"]).await.problem(401), "auth.code_unknown");
        }

        async fn a_new_time_keeps_the_printed_code(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let mut exam = scene.sitting_in(Span::from_minutes(10)).await;
            let code = json!(scene.code(&exam).await);
            exam.opens_at = exam.opens_at + Span::from_minutes(600);
            exam.closes_at = exam.closes_at + Span::from_minutes(600);
            scene.register(&exam).await;
            assert_eq!(check_in(&scene, &code).await.problem(409), "auth.too_early");
        }

        async fn an_officer_of_another_course_does_not_know_of_the_sitting(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let maths = scene.unit(UnitKind::Faculty, "Mathematics", None).await;
            let law = scene.unit(UnitKind::Faculty, "Law", None).await;
            let exam = scene.sitting_of(Span::from_minutes(10), maths.unit.path.clone(), "1").await;
            let at = |role, unit: &UnitPath| scene.people.with_grants(vec![Grant { role, unit: unit.clone() }]).1;
            let all = json!({ "which": "all" });
            assert_eq!(issue(&scene, &at(Role::Officer, &law.unit.path), exam.sitting, &all).await.problem(404), "auth.sitting_not_found");
            assert_eq!(issue(&scene, &at(Role::Invigilator, &maths.unit.path), exam.sitting, &all).await.problem(403), "auth.forbidden");
            issue(&scene, &at(Role::Officer, &maths.unit.path), exam.sitting, &all).await.expect(200);
        }

        async fn a_request_that_contradicts_itself_is_refused(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let exam = scene.sitting_in(Span::from_minutes(10)).await;
            let (_, officer) = scene.people.with_role(Role::Officer);
            let stranger = scene.person("stranger", &[]).await;
            for body in [json!({ "which": "candidates" }), json!({ "which": "all", "candidates": [stranger] })] {
                assert_eq!(issue(&scene, &officer, exam.sitting, &body).await.problem(422), "auth.candidates_invalid");
            }
            let unknown = json!({ "which": "candidates", "candidates": [stranger] });
            assert_eq!(issue(&scene, &officer, exam.sitting, &unknown).await.problem(422), "auth.not_on_list");
            assert_eq!(issue(&scene, &officer, exam.sitting, &json!({ "which": "some" })).await.problem(400), "request.invalid");
            assert_eq!(issue(&scene, &officer, exam.sitting, &json!({})).await.problem(400), "request.invalid");
        }
    }
}
