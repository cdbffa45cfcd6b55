//! The demo: what `make run` loads into an empty database, and re-times at each start.
//!
//! Everything goes through the application's own endpoints, on a clock that the loader moves: [`house`] is the whole
//! application in the past. So journal, marks, events and audit log are what they would be, had it all happened.

mod chance;
mod client;
pub mod content;
mod essays;
mod house;
mod load;
pub mod people;
mod respond;
mod retime;
mod sit;
mod state;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use anyhow::{Result, bail};
use db::DbConfig;
use foundation::Instant;

use crate::config::Config;
use house::House;
use load::{Calendar, load};
use people::{LOGINS, PASSWORD};
use state::{Loaded, State, wipe};

/// What to print when the doors are open.
#[derive(Clone, Debug)]
pub struct Demo(Option<Loaded>);

/// Loads the demo into an empty database, or re-times what was loaded before; then the database is closed again.
/// A demo whose loading was interrupted is loaded anew; a database with data of its own is left alone.
/// `say` is told, now and then, what is being done.
///
/// # Errors
/// When the database can't be opened, is in use, or can't take it.
pub async fn prepare(config: &Config, now: Instant, say: &(dyn Fn(&str) + Sync)) -> Result<Demo> {
    match State::read(&config.data)? {
        Some(State::Loaded(loaded)) if is_database_there(config) => {
            let loaded = retime::retime(config, *loaded, now).await?;
            State::Loaded(Box::new(loaded.clone())).write(&config.data)?;
            return Ok(Demo(Some(loaded)));
        }
        Some(State::Loading) => {
            say("loading was interrupted: once more, from the start");
            wipe(config)?;
        }
        Some(State::Loaded(_)) | None => {}
    }
    let house = House::open(config, Calendar::at(now).set_up).await?;
    if !house.is_untouched().await? {
        house.close().await;
        say("this database has data of its own: nothing was loaded");
        return Ok(Demo(None));
    }
    State::Loading.write(&config.data)?;
    let loaded = load(&house, now, say).await;
    house.close().await;
    let loaded = loaded?;
    State::Loaded(Box::new(loaded.clone())).write(&config.data)?;
    Ok(Demo(Some(loaded)))
}

/// Refuses to serve the demo's logins, whose password everybody can read, to anybody but this machine.
///
/// # Errors
/// When the data folder holds a demo and `BIND` isn't a loopback address.
pub fn guard(config: &Config) -> Result<()> {
    if state::is_here(&config.data) && !config.listen.ip().is_loopback() {
        bail!(
            "{} holds the demo, whose logins work on loopback only: leave BIND at 127.0.0.1, or set DATA_DIR and \
             DATABASE_URL to data of your own",
            config.data.display()
        );
    }
    Ok(())
}

/// A folder that somebody has emptied, all but our file, is an empty database.
fn is_database_there(config: &Config) -> bool {
    match &config.database {
        DbConfig::Sqlite { folder } => folder.join("auth.sqlite3").exists(),
        DbConfig::Postgres { .. } => true,
    }
}

impl Demo {
    /// Who can sign in, and what there is to see, for the terminal. `address` is where the server is: `http://…`.
    pub fn text(&self, address: &str) -> String {
        let Some(loaded) = &self.0 else { return format!("Sign in at {address}/sign-in\n") };
        let mut text = String::new();
        let mut line = |content: &str| {
            let written = writeln!(text, "{content}");
            debug_assert!(written.is_ok(), "a text takes every line");
        };
        line(&format!("Sign in at {address}/sign-in; every password is  {PASSWORD}  (on this machine only)"));
        for login in &LOGINS {
            line(&format!("  {:<12} {:<18} {}", login.role.name(), login.username, login.display_name));
        }
        let Loaded { past, second, open, upcoming, .. } = loaded;
        line("Sittings, and the demo candidate's admission codes:");
        let over = second.iter().map(|second| ("to mark", second)).chain([("released", past)]);
        for (when, sitting, code) in [("open", open), ("in ten min", upcoming)]
            .map(|(when, sitting)| (when, sitting, sitting.code.as_str()))
            .into_iter()
            .chain(over.map(|(when, sitting)| (when, sitting, "(over)")))
        {
            let opens = clock_time(sitting.opens_at);
            line(&format!("  {when:<12} {code:<18} {opens} UTC  {}", sitting.title));
        }
        text
    }
}

/// Day and time to the minute.
fn clock_time(instant: Instant) -> String {
    instant.to_string().chars().take("2026-01-01T09:00".len()).collect::<String>().replace('T', " ")
}
