//! Until question-service is here, nothing can be frozen.

use authz::Actor;
use foundation::Problem;
use question_api::{FreezeItem, Frozen, QuestionApi};

/// Has no questions.
#[derive(Debug)]
pub struct NoQuestions;

#[async_trait::async_trait]
impl QuestionApi for NoQuestions {
    async fn freeze(&self, _: &Actor, _: &[Vec<FreezeItem>]) -> Result<Vec<Vec<Vec<Frozen>>>, Problem> {
        Err(Problem::not_found("question.not_found", "There is no such question."))
    }
}
