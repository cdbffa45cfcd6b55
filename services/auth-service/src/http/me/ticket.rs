//! `POST /api/v1/auth/me/admissions/{attempt_id}/ticket`

use std::sync::Arc;

use authz::AttemptId;
use axum::{extract::State, http::header, response::IntoResponse};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use crate::{AuthService, app, http::entrance::CheckedIn};

/// Checks the signed-in candidate in to an attempt of their own. Opens 60 minutes before the exam.
#[utoipa::path(
    post,
    path = "/api/v1/auth/me/admissions/{attempt_id}/ticket",
    operation_id = "issue_ticket",
    tag = "auth",
    params(("attempt_id" = AttemptId, Path, description = "The attempt")),
    responses(
        (status = 200, body = CheckedIn),
        (status = 404, description = "`auth.admission_not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`auth.too_early` with `facts.check_in_opens_at`, `auth.sitting_over` with `facts.closed_at`", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn issue_ticket(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Path(attempt): Path<AttemptId>,
) -> ApiResult<impl IntoResponse> {
    let checked_in = app::check_in::by_account(&service, &actor, attempt).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(CheckedIn::from(checked_in))))
}

#[cfg(test)]
mod tests {
    use authz::{AttemptId, Role, TicketKey, UnitPath};
    use foundation::{Id, Span, SystemRandom};
    use serde_json::json;
    use test_kit::{Answer, TestDatabase};

    use crate::http::testing::{Exam, Scene};

    async fn ask(scene: &Scene, token: &str, attempt: AttemptId) -> Answer {
        let path = format!("/api/v1/auth/me/admissions/{attempt}/ticket");
        scene.stage.post(path, &json!({})).token(token).send().await
    }

    async fn exam_of(scene: &Scene, username: &str, wait: Span) -> Exam {
        let candidate = scene.person(username, &[Scene::everywhere(Role::Candidate)]).await;
        let opens_at = scene.now() + wait;
        let exam = Exam {
            sitting: Id::new(&scene.clock, &SystemRandom),
            attempt: Id::new(&scene.clock, &SystemRandom),
            candidate,
            opens_at,
            closes_at: opens_at + Span::from_minutes(90),
            unit: UnitPath::institution(),
        };
        scene.register(&exam).await;
        exam
    }

    test_kit::on_both_databases! {
        async fn a_signed_in_candidate_gets_the_ticket_of_their_own_attempt(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let exam = exam_of(&scene, "wei.li", Span::from_minutes(30)).await;
            let token = scene.sign_in("wei.li").await.token;
            let json = ask(&scene, &token, exam.attempt).await.expect(200);
            let ticket = TicketKey::new(&scene.people.secrets).open(json["ticket"].as_str().unwrap(), scene.now()).unwrap();
            assert_eq!((ticket.attempt, ticket.candidate), (exam.attempt, exam.candidate));
            assert_eq!(json["candidate_name"], "Person wei.li");
        }

        async fn another_candidates_attempt_does_not_exist_for_them(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let exam = exam_of(&scene, "wei.li", Span::from_minutes(30)).await;
            exam_of(&scene, "mei", Span::from_minutes(30)).await;
            let mei = scene.sign_in("mei").await.token;
            assert_eq!(ask(&scene, &mei, exam.attempt).await.problem(404), "auth.admission_not_found");
            let unknown = Id::new(&scene.clock, &SystemRandom);
            assert_eq!(ask(&scene, &mei, unknown).await.problem(404), "auth.admission_not_found");
        }

        async fn check_in_is_not_open_for_them_earlier_than_for_others(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let exam = exam_of(&scene, "wei.li", Span::from_minutes(61)).await;
            let token = scene.sign_in("wei.li").await.token;
            assert_eq!(ask(&scene, &token, exam.attempt).await.problem(409), "auth.too_early");
            let staff = scene.person("officer", &[Scene::everywhere(Role::Officer)]).await;
            assert_ne!(staff, exam.candidate);
            let officer = scene.sign_in("officer").await.token;
            assert_eq!(ask(&scene, &officer, exam.attempt).await.problem(403), "auth.forbidden");
        }
    }
}
