//! `exam-system facts`

use std::{collections::BTreeMap, process::ExitCode, sync::Arc};

use anyhow::{Context as _, Result, bail};
use authz::Actor;
use broker::DeadLetters;
use clap::{Args, Subcommand};
use db::Db;
use events::{DEAD_LISTED_MAX, EventId};
use foundation::{SystemClock, SystemRandom};

use crate::{
    compose::{Composed, compose},
    config::Config,
    facts::subscriptions,
};

/// Look at facts that couldn't be handed on, and send them again.
#[derive(Debug, Subcommand)]
pub enum Facts {
    /// Facts that were set aside after too many tries.
    #[command(subcommand)]
    Dead(Dead),
}

/// Facts that were set aside after too many tries.
#[derive(Debug, Subcommand)]
pub enum Dead {
    /// List them.
    List,
    /// Have them tried again, after what was wrong is put right.
    Replay(Replay),
}

/// Have them tried again.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Replay {
    /// The one with this id.
    id: Option<EventId>,
    /// All of them.
    #[arg(long)]
    all: bool,
}

/// A fact that was set aside, wherever it lies.
struct Found {
    id: EventId,
    /// `exam` for an outbox, `notification.exam_facts` for a consumer's dead letters.
    place: &'static str,
    line: String,
}

impl Facts {
    pub(super) async fn run(self) -> Result<ExitCode> {
        let Self::Dead(command) = self;
        let config = Config::from_env(false, &SystemRandom)?;
        let composed = compose(&config, Arc::new(SystemClock), Arc::new(SystemRandom)).await?;
        let letters = match &config.broker {
            Some(settings) => Some(DeadLetters::connect(settings, &subscriptions(&config)).await?),
            None => None,
        };
        let desk = Desk { config, composed, letters };
        let (found, strange) = desk.find().await?;
        match command {
            Dead::List => {
                for fact in &found {
                    println!("{}", fact.line);
                }
                println!("{} facts were set aside", found.len());
                for (consumer, messages) in strange {
                    println!(
                        "{messages} messages in the queue {consumer}.dead are no facts: look at them at the broker"
                    );
                }
            }
            Dead::Replay(Replay { id, .. }) => {
                let chosen: Vec<&Found> =
                    found.iter().filter(|fact| id.is_none_or(|id| id == fact.id)).collect();
                if let (Some(id), true) = (id, chosen.is_empty()) {
                    bail!("no fact {id} was set aside; `exam-system facts dead list` shows those that were");
                }
                println!("{} facts will be tried again", desk.replay(&chosen).await?);
                if found.len() >= DEAD_LISTED_MAX {
                    println!("there may be more: {DEAD_LISTED_MAX} of each place are looked at in one go");
                }
            }
        }
        desk.composed.close().await;
        Ok(ExitCode::SUCCESS)
    }
}

struct Desk {
    config: Config,
    composed: Composed,
    letters: Option<DeadLetters>,
}

impl Desk {
    /// What was set aside; and how many messages that are no facts lie in which consumer's queue.
    async fn find(&self) -> Result<(Vec<Found>, Vec<(&'static str, usize)>)> {
        let (mut found, mut strange) = (Vec::new(), Vec::new());
        for (schema, db) in self.composed.databases() {
            let mut conn = db.read().await?;
            for fact in events::dead(&mut conn, schema).await? {
                let why = fact.failure.unwrap_or_default();
                let line = line(fact.id, schema, &fact.kind, fact.created_at, fact.tries, &why);
                found.push(Found { id: fact.id, place: schema, line });
            }
        }
        if let Some(letters) = &self.letters {
            for subscription in subscriptions(&self.config) {
                let place = subscription.consumer;
                let list = letters.list(place).await?;
                if list.unreadable > 0 {
                    strange.push((place, list.unreadable));
                }
                for letter in list.letters {
                    let tries = i64::from(letter.tries);
                    let line = line(letter.id, place, &letter.kind, letter.created_at, tries, &letter.why);
                    found.push(Found { id: letter.id, place, line });
                }
            }
        }
        Ok((found, strange))
    }

    /// Has them tried again, on record; how many were still there to be. At the broker the record comes first: what is on
    /// record and wasn't done can be done again, and harms nobody.
    async fn replay(&self, facts: &[&Found]) -> Result<usize> {
        let mut again = 0;
        let mut by_place: BTreeMap<&'static str, Vec<&Found>> = BTreeMap::new();
        for fact in facts {
            by_place.entry(fact.place).or_default().push(fact);
        }
        for (place, facts) in by_place {
            if let Some(db) = self.composed.database(place) {
                for fact in facts {
                    let mut tx = db.begin().await?;
                    if events::replay(&mut tx, place, fact.id).await? {
                        self.record(&mut tx, place, fact).await?;
                        again += 1;
                    }
                    tx.commit().await?;
                }
            } else if let Some(letters) = &self.letters {
                let (schema, db) = self.house_of(place)?;
                let mut tx = db.begin().await?;
                for fact in &facts {
                    self.record(&mut tx, schema, fact).await?;
                }
                tx.commit().await?;
                let ids: Vec<EventId> = facts.iter().map(|fact| fact.id).collect();
                again += letters.replay(place, &ids).await?;
            }
        }
        Ok(again)
    }

    /// The service that a consumer belongs to: its name begins with the schema's.
    fn house_of(&self, consumer: &str) -> Result<(&'static str, &Db)> {
        let name = consumer.split('.').next().unwrap_or(consumer);
        self.composed
            .databases()
            .find(|(schema, _)| *schema == name)
            .with_context(|| format!("no service of this process takes the facts of {consumer}"))
    }

    async fn record(&self, tx: &mut db::Tx, schema: &'static str, fact: &Found) -> Result<()> {
        let act = audit::Act {
            actor: &Actor::System("facts dead replay"),
            action: "fact.replayed",
            subject_kind: "fact",
            subject_id: fact.id.to_string(),
            detail: serde_json::json!({ "from": fact.place }),
        };
        Ok(audit::record(tx, schema, &SystemClock, &SystemRandom, act).await?)
    }
}

fn line(
    id: EventId,
    place: &str,
    kind: &str,
    created_at: foundation::Instant,
    tries: i64,
    why: &str,
) -> String {
    format!("{id}  {created_at}  {place}  {kind}  {tries} tries  {why}")
}
