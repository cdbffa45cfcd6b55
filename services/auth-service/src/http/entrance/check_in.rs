//! `POST /api/v1/auth/check-in`

use std::sync::Arc;

use authz::{AttemptId, SittingId};
use axum::{extract::State, http::header, response::IntoResponse};
use foundation::{Instant, Problem, Text};
use http_kit::{ApiResult, Json};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{AuthService, app};

/// An admission code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckInRequest {
    /// The code of the admission sheet: in any case, with or without hyphens.
    code: Text<0, 100>,
}

/// A candidate who may enter an attempt.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckedIn {
    /// The exam ticket: goes into the `Exam-Ticket` header. Keep it in IndexedDB.
    ticket: String,
    /// The attempt that it opens.
    attempt_id: AttemptId,
    /// The attempt's sitting.
    sitting_id: SittingId,
    /// The candidate's name, to be confirmed by the candidate.
    candidate_name: String,
    /// When the ticket stops being good.
    expires_at: Instant,
}

impl From<app::check_in::CheckedIn> for CheckedIn {
    fn from(checked_in: app::check_in::CheckedIn) -> Self {
        Self {
            ticket: checked_in.ticket,
            attempt_id: checked_in.attempt,
            sitting_id: checked_in.sitting,
            candidate_name: checked_in.candidate_name,
            expires_at: checked_in.expires_at,
        }
    }
}

/// Checks a candidate in by admission code. Opens 60 minutes before the exam; works again until the sitting is over.
#[utoipa::path(
    post,
    path = "/api/v1/auth/check-in",
    operation_id = "check_in",
    tag = "auth",
    request_body = CheckInRequest,
    responses(
        (status = 200, body = CheckedIn),
        (status = 401, description = "`auth.code_unknown`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`auth.withdrawn`, `auth.account_disabled`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`auth.too_early` with `facts.check_in_opens_at`, `auth.sitting_over` with `facts.closed_at`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`auth.code_mistyped`", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "`auth.busy`: see `Retry-After`", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn check_in(
    State(service): State<Arc<AuthService>>,
    Json(body): Json<CheckInRequest>,
) -> ApiResult<impl IntoResponse> {
    let checked_in = app::check_in::by_code(&service, &body.code).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(CheckedIn::from(checked_in))))
}

#[cfg(test)]
mod tests {
    use auth_api::AuthApi as _;
    use authz::{Actor, Role, TicketKey};
    use foundation::Span;
    use futures::future::join_all;
    use serde_json::{Value, json};
    use test_kit::{Answer, TestDatabase};

    use crate::http::testing::Scene;

    async fn check_in(scene: &Scene, code: &str) -> Answer {
        scene.stage.post("/api/v1/auth/check-in", &json!({ "code": code })).send().await
    }

    test_kit::on_both_databases! {
        async fn a_candidate_checks_in_an_hour_early_and_gets_a_ticket(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let exam = scene.sitting_in(Span::from_minutes(60)).await;
            let code = scene.code(&exam).await;
            let json = check_in(&scene, &code.to_lowercase()).await.expect(200);
            assert_eq!(json["candidate_name"], "Candidate 1");
            assert_eq!(json["attempt_id"], exam.attempt.to_string());
            let key = TicketKey::new(&scene.people.secrets);
            let ticket = key.open(json["ticket"].as_str().unwrap(), scene.now()).unwrap();
            assert_eq!((ticket.attempt, ticket.sitting, ticket.candidate), (exam.attempt, exam.sitting, exam.candidate));
            assert_eq!(ticket.expires_at, exam.closes_at + Span::from_minutes(24 * 60));
            // A device may break: the same code checks in again.
            check_in(&scene, &code).await.expect(200);
        }

        async fn too_early_over_and_withdrawn_are_told_apart(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let exam = scene.sitting_in(Span::from_minutes(61)).await;
            let code = scene.code(&exam).await;
            let early = check_in(&scene, &code).await;
            assert_eq!(early.json()["facts"]["check_in_opens_at"], (scene.now() + Span::from_minutes(1)).to_string());
            assert_eq!(early.problem(409), "auth.too_early");
            scene.clock.advance(Span::from_minutes(1));
            check_in(&scene, &code).await.expect(200);
            scene.service.revoke_admissions(&Actor::System("test"), exam.sitting, &[exam.attempt]).await.unwrap();
            assert_eq!(check_in(&scene, &code).await.problem(403), "auth.withdrawn");
            scene.register(&exam).await;
            check_in(&scene, &code).await.expect(200);
            scene.clock.set(exam.closes_at);
            let over = check_in(&scene, &code).await;
            assert_eq!(over.json()["facts"]["closed_at"], exam.closes_at.to_string());
            assert_eq!(over.problem(409), "auth.sitting_over");
        }

        async fn a_typing_mistake_is_told_from_a_code_that_nobody_has(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let exam = scene.sitting_in(Span::from_minutes(10)).await;
            let code = scene.code(&exam).await;
            let last = if code.ends_with('2') { '3' } else { '2' };
            let mistyped = format!("{}{last}", &code[..code.len() - 1]);
            assert_eq!(check_in(&scene, &mistyped).await.problem(422), "auth.code_mistyped");
            assert_eq!(check_in(&scene, "").await.problem(422), "auth.code_mistyped");
            let unknown = crate::domain::code::Code::new(&foundation::SystemRandom).to_string();
            assert_eq!(check_in(&scene, &unknown).await.problem(401), "auth.code_unknown");
            let body = json!({ "code": code, "seat": 4 });
            assert_eq!(scene.stage.post("/api/v1/auth/check-in", &body).send().await.problem(400), "request.invalid");
        }

        async fn a_candidate_whose_account_is_disabled_stays_out(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let exam = scene.sitting_in(Span::from_minutes(10)).await;
            let code = scene.code(&exam).await;
            let (_, admin) = scene.people.with_role(Role::Admin);
            let path = format!("/api/v1/auth/accounts/{}/disable", exam.candidate);
            scene.stage.post(path, &json!({})).token(&admin).send().await.expect(200);
            assert_eq!(check_in(&scene, &code).await.problem(403), "auth.account_disabled");
        }

        async fn who_checks_in_together_gets_their_own_ticket_each(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let (mut exams, mut codes) = (Vec::new(), Vec::new());
            for _ in 0..15 {
                let exam = scene.sitting_in(Span::from_minutes(10)).await;
                codes.push(scene.code(&exam).await);
                exams.push(exam);
            }
            // Among them somebody twice, and somebody whose code nobody has.
            codes.push(codes[3].clone());
            codes.push(crate::domain::code::Code::new(&foundation::SystemRandom).to_string());
            let mut answers = join_all(codes.iter().map(|code| check_in(&scene, code))).await;
            assert_eq!(answers.pop().unwrap().problem(401), "auth.code_unknown");
            let attempts: Vec<Value> =
                answers.into_iter().map(|answer| answer.expect(200)["attempt_id"].clone()).collect();
            let own: Vec<Value> =
                exams.iter().chain([&exams[3]]).map(|exam| json!(exam.attempt.to_string())).collect();
            assert_eq!(attempts, own);
        }

        async fn a_whole_hall_checks_in_from_one_address_and_one_code_is_not_hammered(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let exam = scene.sitting_in(Span::from_minutes(10)).await;
            let code = scene.code(&exam).await;
            for _ in 0..20 {
                check_in(&scene, &code).await.expect(200);
            }
            assert_eq!(check_in(&scene, &code).await.problem(429), "auth.too_many_requests");
            let other = scene.sitting_in(Span::from_minutes(10)).await;
            check_in(&scene, &scene.code(&other).await).await.expect(200);
        }
    }
}
