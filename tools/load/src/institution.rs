//! Makes the institution that a load needs, through the application's own endpoints: an exam of 20 questions, sittings
//! that are open, candidates with admission codes.

use std::{fmt::Write as _, net::SocketAddr, time::Duration};

use anyhow::{Context as _, Result, bail};
use foundation::{Clock as _, Span, SystemClock};
use hyper::body::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    connection::{self, Connection, Reply},
    doors::Doors,
};

/// Candidates of one sitting, at most.
pub const SITTING_MAX: usize = 10_000;
/// Candidates of brief sittings have numbers from here on: nobody is expected at two places at a time.
const BRIEF_FROM: usize = 5_000_000;
/// Questions of the exam.
pub const QUESTIONS: usize = 20;
/// How long auth-service may take to hear of all candidates.
const HANDED_OVER_MAX: Duration = Duration::from_secs(300);
const LOOK: Duration = Duration::from_millis(500);

/// Somebody who signs in with a name and a password.
#[derive(Clone, Debug)]
pub struct Staff {
    /// The user name.
    pub username: String,
    /// The password.
    pub password: String,
}

/// A candidate who may check in.
#[derive(Clone, Debug, Deserialize)]
pub struct Slip {
    /// The candidate's account.
    pub candidate_id: String,
    /// The admission code.
    pub code: String,
}

/// Somebody with a password of their own.
#[derive(Clone, Debug)]
pub struct Person {
    /// The user name.
    pub username: String,
    /// The password.
    pub password: String,
    /// The address that they come from.
    pub address: String,
}

/// What the load runs on.
#[derive(Clone, Debug)]
pub struct Institution {
    /// Candidates, in the order of their numbers.
    pub slips: Vec<Slip>,
    staff: Staff,
    exam: String,
    /// The sittings, in the order of their candidates.
    sittings: Vec<String>,
}

/// Somebody who is signed in, with a connection to each place that they have work at.
#[derive(Debug)]
pub struct Office {
    doors: Doors,
    connections: Vec<Connection>,
    bearer: String,
}

impl Office {
    /// Signs somebody in.
    ///
    /// # Errors
    /// What the server refused.
    pub async fn sign_in(doors: &Doors, staff: &Staff) -> Result<Self> {
        #[derive(Deserialize)]
        struct SignedIn {
            access_token: String,
        }
        let mut office = Self { doors: doors.clone(), connections: Vec::new(), bearer: String::new() };
        let path = "/api/v1/auth/login";
        let body = json!({ "username": staff.username, "password": staff.password });
        let request = connection::json("POST", path, None, &body)?;
        let signed_in: SignedIn = office.connection(path).send(request).await?.json()?;
        office.bearer = format!("Bearer {}", signed_in.access_token);
        Ok(office)
    }

    fn connection(&mut self, path: &str) -> &mut Connection {
        let address = self.doors.of_path(path);
        let place = self.connections.iter().position(|connection| connection.address() == address);
        let place = place.unwrap_or_else(|| {
            self.connections.push(Connection::new(address));
            self.connections.len() - 1
        });
        &mut self.connections[place]
    }

    /// Reads something.
    ///
    /// # Errors
    /// When the server can't be asked.
    pub async fn get(&mut self, path: &str) -> Result<Reply> {
        let auth = Some(("authorization", self.bearer.as_str()));
        let request = connection::raw("GET", path, auth, "", Bytes::new())?;
        self.connection(path).send(request).await
    }

    async fn post(&mut self, path: &str, body: &Value) -> Result<Value> {
        let auth = Some(("authorization", self.bearer.as_str()));
        let request = connection::json("POST", path, auth, body)?;
        let reply = self.connection(path).send(request).await?;
        reply.json().with_context(|| format!("POST {path}"))
    }

    async fn post_csv(&mut self, path: &str, file: String) -> Result<Reply> {
        let auth = Some(("authorization", self.bearer.as_str()));
        let request = connection::raw("POST", path, auth, "text/csv", Bytes::from(file))?;
        self.connection(path).send(request).await
    }
}

fn id(value: &Value) -> Result<String> {
    value["id"].as_str().map(str::to_owned).with_context(|| format!("no id in {value}"))
}

/// Makes an institution with `candidates` candidates whose sittings are open.
///
/// # Errors
/// What the server refused, and why.
pub async fn found(doors: &Doors, staff: &Staff, candidates: usize) -> Result<Institution> {
    let mut office = Office::sign_in(doors, staff).await?;
    let exam = publish(&mut office).await?;
    let mut slips = Vec::with_capacity(candidates);
    let mut sittings = Vec::new();
    while slips.len() < candidates {
        let here = (candidates - slips.len()).min(SITTING_MAX);
        let title = format!("Load {}", slips.len() / SITTING_MAX);
        let sitting = schedule(&mut office, &exam, &title, &json!({})).await?;
        enrol(&mut office, &sitting, slips.len(), here).await?;
        slips.extend(codes(&mut office, &sitting, here).await?);
        sittings.push(sitting);
    }
    Ok(Institution { slips, staff: staff.clone(), exam, sittings })
}

/// Activation codes that are asked for at a time.
const ACTIVATIONS_MAX: usize = 500;

impl Institution {
    /// A sitting more, of `count` other candidates, whose working time is as short as one may be: a minute, and
    /// `grace_seconds` after it. `number` tells those of several such sittings apart.
    ///
    /// # Errors
    /// What the server refused.
    pub async fn brief_sitting(
        &self,
        office: &mut Office,
        number: usize,
        count: usize,
        grace_seconds: u32,
    ) -> Result<Vec<Slip>> {
        let times = json!({ "duration_minutes": 1, "grace_seconds": grace_seconds });
        let sitting = schedule(office, &self.exam, "Load, brief", &times).await?;
        enrol(office, &sitting, BRIEF_FROM + number * count, count).await?;
        codes(office, &sitting, count).await
    }

    /// An officer gives everybody in the first sitting more time.
    ///
    /// # Errors
    /// What the server refused.
    pub async fn give_time(&self, office: &mut Office) -> Result<()> {
        let sitting = self.sittings.first().context("no sitting")?;
        let body = json!({ "minutes": 5, "reason": "The lights went out." });
        office.post(&format!("/api/v1/exams/sittings/{sitting}/extra-time"), &body).await?;
        Ok(())
    }

    /// An officer releases the results of every sitting.
    ///
    /// # Errors
    /// What the server refused: anything that isn't marked.
    pub async fn release(&self, office: &mut Office) -> Result<()> {
        for sitting in &self.sittings {
            office.post(&format!("/api/v1/exams/sittings/{sitting}/release"), &json!({})).await?;
        }
        Ok(())
    }

    /// Whoever may do all that, signed in.
    ///
    /// # Errors
    /// What the server refused.
    pub async fn office(&self, address: SocketAddr) -> Result<Office> {
        Office::sign_in(&Doors::One(address), &self.staff).await
    }

    /// Gives the first `count` candidates a password, each their own; they come from addresses of their own.
    ///
    /// # Errors
    /// What the server refused.
    pub async fn give_passwords(&self, address: SocketAddr, count: usize) -> Result<Vec<Person>> {
        #[derive(Deserialize)]
        struct Codes {
            issued: Vec<Activation>,
        }
        #[derive(Deserialize)]
        struct Activation {
            username: String,
            code: String,
        }
        let mut office = self.office(address).await?;
        let mut people = Vec::with_capacity(count);
        let accounts: Vec<&str> =
            self.slips.iter().take(count).map(|slip| slip.candidate_id.as_str()).collect();
        for accounts in accounts.chunks(ACTIVATIONS_MAX) {
            let body = json!({ "accounts": accounts });
            let codes = office.post("/api/v1/auth/people/activation-codes", &body).await?;
            let Codes { issued } = serde_json::from_value(codes)?;
            for Activation { username, code } in issued {
                let number = people.len();
                let password = format!("a password for candidate {number}");
                let body = json!({ "username": username, "code": code, "new_password": password });
                let path = "/api/v1/auth/activate";
                let address = format!("10.{}.{}.{}", number >> 16 & 255, number >> 8 & 255, number & 255);
                let from = Some(("x-forwarded-for", address.as_str()));
                let request = connection::json("POST", path, from, &body)?;
                let reply = office.connection(path).send(request).await?;
                if !reply.status.is_success() {
                    bail!("{username} could not be activated: {}", reply.failure());
                }
                people.push(Person { username, password, address });
            }
        }
        Ok(people)
    }
}

async fn publish(office: &mut Office) -> Result<String> {
    let bank = office.post("/api/v1/questions/banks", &json!({ "title": "Load", "unit_path": "/" })).await?;
    let bank = id(&bank)?;
    let mut items = Vec::with_capacity(QUESTIONS);
    for number in 1..=QUESTIONS {
        let content = question(number);
        let path = format!("/api/v1/questions/banks/{bank}/questions");
        let made = office.post(&path, &json!({ "content": content })).await?;
        items.push(json!({ "type": "fixed", "question_id": id(&made)? }));
    }
    let definition = json!({ "duration_minutes": 180, "sections": [{ "items": items }] });
    let exam = office.post("/api/v1/exams", &json!({ "title": "Load", "definition": definition })).await?;
    let path = format!("/api/v1/exams/{}/publish", id(&exam)?);
    office.post(&path, &json!({ "version": exam["version"] })).await?;
    id(&exam)
}

/// A question with one right option of four, of the length that such questions have.
fn question(number: usize) -> Value {
    let text = |words: String| json!({ "format": "markdown", "text": words });
    let options: Vec<Value> = ["a", "b", "c", "d"]
        .iter()
        .map(|option| {
            let words = format!(
                "Option {option} of question {number}: a sentence that somebody has to read and weigh."
            );
            json!({ "id": option, "text": text(words) })
        })
        .collect();
    json!({
        "title": format!("Question {number}"),
        "state": "ready",
        "points": 1,
        "question": {
            "stem": text(format!("Question {number}. Which of the following statements about the water cycle is right?")),
            "body": { "type": "single_choice", "options": options },
        },
        "key": { "scheme": { "type": "single_choice", "fractions": { "a": 1 } } },
    })
}

/// `times` says what isn't as usual.
async fn schedule(office: &mut Office, exam: &str, title: &str, times: &Value) -> Result<String> {
    let now = SystemClock.now();
    let at = |minutes| (now + Span::from_minutes(minutes)).to_string();
    let mut body = json!({
        "exam_id": exam,
        "title": title,
        "time_zone": "Asia/Shanghai",
        "opens_at": at(0),
        "entry_closes_at": at(180),
        "window_ends_at": at(480),
    });
    for (name, value) in times.as_object().into_iter().flatten() {
        body[name] = value.clone();
    }
    id(&office.post("/api/v1/exams/sittings", &body).await?)
}

async fn enrol(office: &mut Office, sitting: &str, first: usize, count: usize) -> Result<()> {
    let mut file = String::from("number,name\n");
    for number in first + 1..=first + count {
        writeln!(file, "{number:07},Candidate {number}")?;
    }
    let path = format!("/api/v1/exams/sittings/{sitting}/roster/import");
    let report: Value = office.post_csv(&path, file).await?.json()?;
    if report["enrolled"].as_u64() != u64::try_from(count).ok() {
        bail!("{count} candidates were to be enrolled: {report}");
    }
    Ok(())
}

/// The admission codes, once auth-service has heard of everybody.
async fn codes(office: &mut Office, sitting: &str, count: usize) -> Result<Vec<Slip>> {
    let path = format!("/api/v1/auth/sittings/{sitting}/admission-codes");
    let mut slips = Vec::with_capacity(count);
    let started = std::time::Instant::now();
    while slips.len() < count {
        if started.elapsed() > HANDED_OVER_MAX {
            bail!("only {} of {count} candidates have a code after {HANDED_OVER_MAX:?}", slips.len());
        }
        // The sitting itself may not be known yet.
        if let Ok(issued) = office.post(&path, &json!({ "which": "missing" })).await {
            slips.extend(serde_json::from_value::<Vec<Slip>>(issued["issued"].clone())?);
        }
        if slips.len() < count {
            tokio::time::sleep(LOOK).await;
        }
    }
    Ok(slips)
}
