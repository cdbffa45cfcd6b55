//! What a simulated candidate answers: right or wrong by ability and difficulty, and wrong in plausible ways.

use std::collections::BTreeSet;

use foundation::{Points, Random};
use question_model::{
    ClozeBody, ClozeKey, ClozeResponse, EssayResponse, Fraction, GapKind, GapScheme, Key, MarkScheme,
    MatchingBody, MatchingResponse, MultipleChoiceBody, MultipleChoiceResponse, NumericResponse,
    OrderingResponse, Outcome, PartId, Question, QuestionBody, Response, ShortTextResponse, SingleChoiceBody,
    SingleChoiceKey, SingleChoiceResponse, TrueFalseResponse, mark, right_response,
};

use super::{
    chance::{happens, one_of},
    content::QuestionFile,
    essays::Essays,
};

/// How sharply a question tells candidates apart, in the two-parameter logistic model.
const DISCRIMINATION: f64 = 1.3;
/// How often somebody who doesn't know leaves the question out.
const OMITTED: f64 = 0.12;
/// How often somebody hits on the right answer to a choice without knowing it.
const GUESSED: f64 = 0.15;
/// Tries to find a wrong answer that is wrong indeed.
const TRIES_MAX: usize = 8;

/// Makes up responses.
#[derive(Clone, Copy)]
pub struct Responder<'a> {
    /// Answers to the essay.
    pub essays: &'a Essays,
    /// Chance.
    pub random: &'a dyn Random,
}

impl Responder<'_> {
    /// What a candidate of this ability (in logits) gives; none when they leave the question out.
    pub fn respond(&self, file: &QuestionFile, ability: f64) -> Option<Response> {
        if let QuestionBody::Essay(_) = file.question.body {
            let essay = self.essays.by_ability(ability - file.difficulty, self.random)?;
            return Some(Response::Essay(EssayResponse { text: essay.text.clone() }));
        }
        let right = right_response(&file.question, &file.key)?;
        let is_choice = matches!(
            file.question.body,
            QuestionBody::SingleChoice(_) | QuestionBody::TrueFalse(_) | QuestionBody::MultipleChoice(_)
        );
        if happens(probability(ability, file.difficulty, is_choice), self.random) {
            return Some(right);
        }
        if happens(OMITTED, self.random) {
            return None;
        }
        self.wrong(file, &right)
    }

    /// A response that isn't all right; none when there is no such thing.
    pub fn wrong(&self, file: &QuestionFile, right: &Response) -> Option<Response> {
        (0..TRIES_MAX).find_map(|_| {
            let wrong = self.slip(&file.question, &file.key, &file.plausible_wrong, right)?;
            let outcome = mark(&file.question, &file.key, Points::ONE, Some(&wrong)).outcome;
            (outcome != Outcome::Correct && wrong.check(&file.question).is_ok()).then_some(wrong)
        })
    }

    fn slip(&self, question: &Question, key: &Key, wrong: &[String], right: &Response) -> Option<Response> {
        Some(match (&question.body, &key.scheme, right) {
            (QuestionBody::SingleChoice(body), MarkScheme::SingleChoice(key), _) => {
                Response::SingleChoice(SingleChoiceResponse { choice: Some(self.other_option(body, key)?) })
            }
            (QuestionBody::MultipleChoice(body), _, Response::MultipleChoice(right)) => {
                Response::MultipleChoice(self.other_options(body, right))
            }
            (QuestionBody::TrueFalse(_), MarkScheme::TrueFalse(key), _) => {
                Response::TrueFalse(TrueFalseResponse { value: Some(!key.right) })
            }
            (QuestionBody::ShortText(_), _, _) => {
                Response::ShortText(ShortTextResponse { text: one_of(wrong, self.random)?.clone() })
            }
            (QuestionBody::Numeric(_), _, Response::Numeric(right)) => Response::Numeric(NumericResponse {
                text: one_of(wrong, self.random).map_or_else(|| off_by_one(&right.text), Clone::clone),
                unit: right.unit.clone(),
            }),
            (QuestionBody::Cloze(body), MarkScheme::Cloze(key), Response::Cloze(right)) => {
                Response::Cloze(self.other_gaps(body, key, right))
            }
            (QuestionBody::Matching(body), _, Response::Matching(right)) => {
                Response::Matching(self.other_pairs(body, right)?)
            }
            (QuestionBody::Ordering(_), _, Response::Ordering(right)) => {
                Response::Ordering(self.other_order(right))
            }
            _ => return None,
        })
    }

    fn other_option(&self, body: &SingleChoiceBody, key: &SingleChoiceKey) -> Option<PartId> {
        let others: Vec<&PartId> = body
            .options
            .iter()
            .map(|option| &option.id)
            .filter(|id| key.fractions.get(id) != Some(&Fraction::FULL))
            .collect();
        one_of(&others, self.random).map(|id| (*id).clone())
    }

    /// One or two options are chosen that shouldn't be, or left out.
    fn other_options(
        &self,
        body: &MultipleChoiceBody,
        right: &MultipleChoiceResponse,
    ) -> MultipleChoiceResponse {
        let mut chosen: BTreeSet<PartId> = right.choices.iter().cloned().collect();
        for _ in 0..=self.random.below(2) {
            if let Some(option) = one_of(&body.options, self.random)
                && !chosen.remove(&option.id)
            {
                chosen.insert(option.id.clone());
            }
        }
        MultipleChoiceResponse { choices: chosen.into_iter().collect() }
    }

    /// About half of the gaps go wrong.
    fn other_gaps(&self, body: &ClozeBody, key: &ClozeKey, right: &ClozeResponse) -> ClozeResponse {
        let mut gaps = right.gaps.clone();
        for gap in &body.gaps {
            if happens(0.5, self.random) {
                continue;
            }
            let known = key.gaps.get(&gap.id).map(|key| &key.scheme);
            let wrong = match (&gap.input, known) {
                (GapKind::Choice { options, .. }, _) => {
                    one_of(options, self.random).map(|option| option.id.to_string())
                }
                (GapKind::Number {}, _) => right.gaps.get(&gap.id).map(|text| off_by_one(text)),
                (GapKind::Text { .. }, Some(GapScheme::Text(key))) => key
                    .alternatives
                    .iter()
                    .find(|alternative| alternative.fraction != Fraction::FULL)
                    .map(|alternative| alternative.pattern.clone()),
                (GapKind::Text { .. }, _) => None,
            };
            match wrong {
                Some(wrong) => gaps.insert(gap.id.clone(), wrong),
                None => gaps.remove(&gap.id),
            };
        }
        ClozeResponse { gaps }
    }

    /// Two prompts get one another's targets, or one gets a distractor.
    fn other_pairs(&self, body: &MatchingBody, right: &MatchingResponse) -> Option<MatchingResponse> {
        let mut pairs = right.pairs.clone();
        let one = one_of(&body.prompts, self.random)?;
        let other = one_of(&body.prompts, self.random)?;
        let target = match pairs.get(&other.id) {
            Some(target) if other.id != one.id => target.clone(),
            _ => one_of(&body.targets, self.random)?.id.clone(),
        };
        if let Some(before) = pairs.insert(one.id.clone(), target)
            && other.id != one.id
        {
            pairs.insert(other.id.clone(), before);
        }
        Some(MatchingResponse { pairs })
    }

    /// Up to three pairs of neighbours change places.
    fn other_order(&self, right: &OrderingResponse) -> OrderingResponse {
        let mut order = right.order.clone();
        for _ in 0..=self.random.below(3) {
            let place = self.random.below(order.len().saturating_sub(1) as u64) as usize;
            if place + 1 < order.len() {
                order.swap(place, place + 1);
            }
        }
        OrderingResponse { order }
    }
}

/// The two-parameter logistic model (A. Birnbaum, in F. M. Lord and M. R. Novick, "Statistical theories of mental test
/// scores", 1968), for choices with a floor for guessing.
fn probability(ability: f64, difficulty: f64, is_choice: bool) -> f64 {
    let floor = if is_choice { GUESSED } else { 0.0 };
    floor + (1.0 - floor) / (1.0 + (-DISCRIMINATION * (ability - difficulty)).exp())
}

/// A slip in arithmetic.
fn off_by_one(number: &str) -> String {
    number.parse::<f64>().map_or_else(|_| "0".to_owned(), |number| (number + 1.0).to_string())
}

#[cfg(test)]
mod tests {
    use foundation::SeededRandom;

    use super::*;
    use crate::demo::content::banks;

    fn files() -> Vec<QuestionFile> {
        let banks = banks(|_| None).unwrap();
        banks
            .into_iter()
            .flat_map(|bank| bank.categories)
            .flat_map(|category| category.file.questions)
            .collect()
    }

    #[test]
    fn what_is_made_up_fits_its_question() {
        let (essays, random) = (Essays::read().unwrap(), SeededRandom::new(7));
        let responder = Responder { essays: &essays, random: &random };
        for file in files() {
            for ability in [-3.0, 0.0, 3.0] {
                if let Some(response) = responder.respond(&file, ability) {
                    assert_eq!(response.check(&file.question), Ok(()), "{}", file.idnumber);
                }
            }
        }
    }

    #[test]
    fn there_is_a_wrong_answer_to_every_question_that_the_machine_marks() {
        let (essays, random) = (Essays::read().unwrap(), SeededRandom::new(7));
        let responder = Responder { essays: &essays, random: &random };
        for file in files() {
            let Some(right) = right_response(&file.question, &file.key) else { continue };
            assert!(responder.wrong(&file, &right).is_some(), "{}", file.idnumber);
        }
    }

    #[test]
    fn the_able_score_more_than_the_others() {
        let (essays, random) = (Essays::read().unwrap(), SeededRandom::new(7));
        let responder = Responder { essays: &essays, random: &random };
        let files = files();
        let score = |ability: f64| -> f64 {
            let marks = files.iter().map(|file| {
                let response = responder.respond(file, ability);
                mark(&file.question, &file.key, Points::ONE, response.as_ref()).points.to_f64()
            });
            marks.sum()
        };
        let (weak, average, strong) = (score(-1.5), score(0.0), score(1.5));
        assert!(weak + 15.0 < average && average + 15.0 < strong, "{weak} {average} {strong}");
    }
}
