//! What an operator sets: environment variables, by the founding document's names.

use std::{
    env, fs, io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use authz::Secrets;
use broker::BrokerSettings;
use cache::CacheSettings;
use db::{DbConfig, PgSettings};
use foundation::Random;
use http_kit::{Cors, RoomSizes, TlsFiles};
use telemetry::LogFormat;

use crate::roles::{Neighbours, Roles};

/// Secrets that stand in documents and must not guard anything.
const KNOWN_SECRETS: &[&str] =
    &["your-super-secret-jwt-key-here", "changeme", "secret", "your-refresh-secret-here"];

/// `MAX_UPLOAD_SIZE` unless set: 100 MB.
const UPLOAD_BYTES_DEFAULT: u64 = 100 * 1024 * 1024;
/// `DRAIN_GRACE` unless set, where others than this machine reach us.
const DRAIN_GRACE_SECONDS_DEFAULT: f64 = 5.0;
/// `EXAM_TIMEOUT_MINUTES` unless set.
const EXAM_MINUTES_DEFAULT: u32 = 180;

/// What an operator sets.
#[derive(Clone, Debug)]
pub struct Config {
    /// `BIND` and `PORT`.
    pub listen: SocketAddr,
    /// `TLS_CERT` and `TLS_KEY`: files of a certificate and its key (PEM), shown to whoever connects; without them HTTP is
    /// served plain. `exam-system tls init` makes some.
    pub tls: Option<TlsFiles>,
    /// `DATABASE_URL`, or `POSTGRES_{HOST,PORT,DB,USER,PASSWORD,SSLMODE,SSLROOTCERT}`; its limits by `DATABASE_*`.
    pub database: DbConfig,
    /// `RABBITMQ_URL`: carries facts between processes; without it they stay in this one. `RABBITMQ_CA` names a file of
    /// certificates (PEM) that `amqps://` trusts beside the system's.
    pub broker: Option<BrokerSettings>,
    /// `REDIS_URL`: carries signals, presence and shared limits between replicas; without it the database carries the first
    /// two. `REDIS_CA` names a file of certificates (PEM) that `rediss://` trusts instead of the system's.
    pub cache: Option<CacheSettings>,
    /// `DATA_DIR`: files, and SQLite's databases unless `DATABASE_URL` says otherwise.
    pub data: PathBuf,
    /// `JWT_SECRET`.
    pub secrets: Secrets,
    /// `JWT_REFRESH_SECRET`.
    pub refresh_secrets: Secrets,
    /// `LOG_LEVEL`.
    pub log_level: String,
    /// `LOG_FORMAT`: `text` or `json`.
    pub log_format: LogFormat,
    /// `MAX_UPLOAD_SIZE`, in bytes.
    pub upload_bytes_max: u64,
    /// `EXAM_TIMEOUT_MINUTES`.
    pub exam_minutes_default: u32,
    /// `ENABLE_MONITORING`.
    pub monitoring: bool,
    /// `ENABLE_PROCTORING`.
    pub proctoring: bool,
    /// `ENABLE_ANALYTICS`.
    pub analytics: bool,
    /// `CORS_ORIGINS`.
    pub cors: Cors,
    /// `PUBLIC_URL`: where browsers reach us; `https://` makes cookies secure.
    pub public_url: Option<String>,
    /// `TRUSTED_PROXIES`: how many proxies in front add to `X-Forwarded-For`.
    pub trusted_proxies: u8,
    /// Whether demo data and demo logins are wanted.
    pub demo: bool,
    /// `--services` or `SERVICES`: what runs in this process.
    pub roles: Roles,
    /// `AUTH_SERVICE_URL` and the like: where the other services are.
    pub neighbours: Neighbours,
    /// `HALL_REQUESTS_MAX` and the like: how many requests of each kind are worked on at once.
    pub rooms: RoomSizes,
    /// `DRAIN_GRACE`, in seconds: how long everything is still served after a stop was asked for, while `/ready` says no.
    pub drain_grace: Duration,
}

/// Reads one variable, or the file that its `*_FILE` sibling names.
pub(crate) fn variable(name: &str) -> Result<Option<String>> {
    if let Ok(path) = env::var(format!("{name}_FILE")) {
        let text = fs::read_to_string(&path)
            .with_context(|| format!("{name}_FILE names {path}, which can't be read"))?;
        return Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()));
    }
    Ok(env::var(name).ok().filter(|value| !value.is_empty()))
}

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    /// Names the variable that is missing or can't be read, and what it should be.
    pub fn from_env(demo: bool, random: &dyn Random) -> Result<Self> {
        let data = PathBuf::from(variable("DATA_DIR")?.unwrap_or_else(|| "data".to_owned()));
        let bind: IpAddr = match variable("BIND")? {
            Some(text) => text.parse().context("BIND must be an address such as 127.0.0.1 or 0.0.0.0")?,
            None => IpAddr::V4(Ipv4Addr::LOCALHOST),
        };
        let port = match variable("PORT")? {
            Some(text) => text.parse().context("PORT must be a number from 0 to 65535")?,
            None => 8080,
        };
        if demo && !bind.is_loopback() {
            bail!("demo logins work on loopback only: leave BIND at 127.0.0.1, or run without --demo");
        }
        let database = database(&data)?;
        let secret = |name: &str| -> Result<Secrets> {
            let text = match variable(name)? {
                Some(text) => text,
                None if demo => demo_secret(&data, name, random)?,
                None => bail!(
                    "{name} is not set: give it at least {} random bytes (`openssl rand -hex 32`)",
                    Secrets::BYTES_MIN
                ),
            };
            if KNOWN_SECRETS.iter().any(|known| text.starts_with(known)) {
                bail!("{name} is a secret from a document: make one of your own (`openssl rand -hex 32`)");
            }
            Secrets::new(text.as_bytes()).with_context(|| format!("{name} is too short"))
        };
        Ok(Self {
            listen: SocketAddr::new(bind, port),
            tls: tls()?,
            secrets: secret("JWT_SECRET")?,
            refresh_secrets: secret("JWT_REFRESH_SECRET")?,
            database,
            broker: broker()?,
            cache: cache()?,
            data,
            log_level: variable("LOG_LEVEL")?
                .unwrap_or_else(|| if demo { "warn" } else { "info" }.to_owned()),
            log_format: match variable("LOG_FORMAT")?.as_deref() {
                None | Some("text") => LogFormat::Text,
                Some("json") => LogFormat::Json,
                Some(_) => bail!("LOG_FORMAT must be text or json"),
            },
            upload_bytes_max: match variable("MAX_UPLOAD_SIZE")? {
                Some(text) => size(&text).context("MAX_UPLOAD_SIZE must be a size such as 100MB")?,
                None => UPLOAD_BYTES_DEFAULT,
            },
            exam_minutes_default: match variable("EXAM_TIMEOUT_MINUTES")? {
                Some(text) => text.parse().context("EXAM_TIMEOUT_MINUTES must be a number of minutes")?,
                None => EXAM_MINUTES_DEFAULT,
            },
            monitoring: switch("ENABLE_MONITORING")?,
            proctoring: switch("ENABLE_PROCTORING")?,
            analytics: switch("ENABLE_ANALYTICS")?,
            cors: Cors::parse(&variable("CORS_ORIGINS")?.unwrap_or_default())
                .map_err(|error| anyhow::anyhow!("CORS_ORIGINS: {error}"))?,
            public_url: variable("PUBLIC_URL")?,
            trusted_proxies: match variable("TRUSTED_PROXIES")? {
                Some(text) => text.parse().context("TRUSTED_PROXIES must be a small number")?,
                None => 0,
            },
            demo,
            roles: Roles::all(),
            neighbours: Neighbours::read(variable)?,
            rooms: rooms()?,
            drain_grace: drain_grace(bind)?,
        })
    }

    /// Whether this process can work with what it was told.
    ///
    /// # Errors
    /// Names what is missing, and what to set.
    pub fn check_roles(&self) -> Result<()> {
        let is_sqlite = matches!(self.database, DbConfig::Sqlite { .. });
        self.roles.check(&self.neighbours, is_sqlite, self.broker.is_some())
    }

    /// A configuration of no consequence, with everything in `folder` and secrets that nobody keeps; for commands that
    /// look at the application and not at its data.
    ///
    /// # Errors
    /// Never in practice: what it makes is long enough.
    pub fn throwaway(folder: &Path, random: &dyn Random) -> Result<Self> {
        let mut secret = [0; Secrets::BYTES_MIN];
        random.fill(&mut secret);
        let secrets = Secrets::new(&secret)?;
        Ok(Self {
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            tls: None,
            database: DbConfig::Sqlite { folder: folder.to_owned() },
            broker: None,
            cache: None,
            data: folder.to_owned(),
            refresh_secrets: secrets.clone(),
            secrets,
            log_level: "warn".to_owned(),
            log_format: LogFormat::Text,
            upload_bytes_max: UPLOAD_BYTES_DEFAULT,
            exam_minutes_default: EXAM_MINUTES_DEFAULT,
            monitoring: true,
            proctoring: true,
            analytics: true,
            cors: Cors::default(),
            public_url: None,
            trusted_proxies: 0,
            demo: true,
            roles: Roles::all(),
            neighbours: Neighbours::default(),
            rooms: RoomSizes::default(),
            drain_grace: Duration::ZERO,
        })
    }

    /// Whether browsers reach us over TLS.
    pub fn is_https(&self) -> bool {
        self.tls.is_some() || self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}

/// Where the data lives: `DATABASE_URL`, or `POSTGRES_*`, or the data folder.
fn database(data: &Path) -> Result<DbConfig> {
    let url = match variable("DATABASE_URL")? {
        Some(url) => Some(url),
        None => postgres_parts()?,
    };
    let mut database = match url {
        Some(url) => DbConfig::parse(&url)?,
        None => DbConfig::Sqlite { folder: data.to_owned() },
    };
    if let DbConfig::Postgres { settings, .. } = &mut database {
        *settings = postgres_settings()?;
    }
    Ok(database)
}

/// How PostgreSQL is used.
fn postgres_settings() -> Result<PgSettings> {
    let usual = PgSettings::default();
    let millis = |name, usual: Duration| -> Result<Duration> {
        let usual = u64::try_from(usual.as_millis()).unwrap_or(u64::MAX);
        Ok(Duration::from_millis(number(name, usual)?))
    };
    Ok(PgSettings {
        connections_max: number("DATABASE_CONNECTIONS_MAX", usual.connections_max)?.max(1),
        acquire_max: Duration::from_secs(number(
            "DATABASE_ACQUIRE_SECONDS_MAX",
            usual.acquire_max.as_secs(),
        )?),
        statement_timeout: millis("DATABASE_STATEMENT_TIMEOUT_MS", usual.statement_timeout)?,
        lock_timeout: millis("DATABASE_LOCK_TIMEOUT_MS", usual.lock_timeout)?,
        idle_in_transaction_timeout: millis(
            "DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS",
            usual.idle_in_transaction_timeout,
        )?,
        read_url: variable("DATABASE_READ_URL")?,
    })
}

/// A number that may be set.
fn number<N: std::str::FromStr>(name: &str, default: N) -> Result<N> {
    match variable(name)? {
        Some(text) => text.parse().ok().with_context(|| format!("{name} must be a number")),
        None => Ok(default),
    }
}

/// How long to leave: not at all where nothing stands in front, for a developer; else as long as it takes whoever spreads
/// requests to notice.
fn drain_grace(bind: IpAddr) -> Result<Duration> {
    let usual = if bind.is_loopback() { 0.0 } else { DRAIN_GRACE_SECONDS_DEFAULT };
    let seconds = number("DRAIN_GRACE", usual)?;
    Duration::try_from_secs_f64(seconds).context("DRAIN_GRACE must be a number of seconds")
}

/// How many requests of each kind are worked on at once.
fn rooms() -> Result<RoomSizes> {
    let usual = RoomSizes::default();
    Ok(RoomSizes {
        hall: number("HALL_REQUESTS_MAX", usual.hall)?,
        entrance: number("ENTRANCE_REQUESTS_MAX", usual.entrance)?,
        office: number("OFFICE_REQUESTS_MAX", usual.office)?,
        services: number("SERVICE_REQUESTS_MAX", usual.services)?,
    })
}

/// What TLS is served with: both files or none.
pub(crate) fn tls() -> Result<Option<TlsFiles>> {
    match (variable("TLS_CERT")?, variable("TLS_KEY")?) {
        (Some(certificate), Some(key)) => {
            Ok(Some(TlsFiles { certificate: certificate.into(), key: key.into() }))
        }
        (None, None) => Ok(None),
        _ => bail!("TLS_CERT and TLS_KEY go together: set both, or neither"),
    }
}

fn broker() -> Result<Option<BrokerSettings>> {
    let Some(url) = variable("RABBITMQ_URL")? else { return Ok(None) };
    Ok(Some(BrokerSettings::parse(&url, certificates("RABBITMQ_CA")?)?))
}

fn cache() -> Result<Option<CacheSettings>> {
    let Some(url) = variable("REDIS_URL")? else { return Ok(None) };
    Ok(Some(CacheSettings::parse(&url, certificates("REDIS_CA")?.as_deref())?))
}

/// The text of the file of certificates that a variable names.
fn certificates(name: &str) -> Result<Option<String>> {
    let Some(path) = variable(name)? else { return Ok(None) };
    let text =
        fs::read_to_string(&path).with_context(|| format!("{name} names {path}, which can't be read"))?;
    if !text.contains("-----BEGIN CERTIFICATE-----") {
        bail!("{name} names {path}, which holds no certificate (PEM)");
    }
    Ok(Some(text))
}

/// `POSTGRES_*` as one address, its parts percent-encoded; none when `POSTGRES_HOST` isn't set.
fn postgres_parts() -> Result<Option<String>> {
    let Some(host) = variable("POSTGRES_HOST")? else { return Ok(None) };
    let part = |name: &str, default: &str| -> Result<String> {
        Ok(percent_encode(&variable(name)?.unwrap_or_else(|| default.to_owned())))
    };
    let mut url = format!(
        "postgres://{}:{}@{host}:{}/{}",
        part("POSTGRES_USER", "postgres")?,
        part("POSTGRES_PASSWORD", "")?,
        variable("POSTGRES_PORT")?.unwrap_or_else(|| "5432".to_owned()),
        part("POSTGRES_DB", "exam_system")?,
    );
    let tls = [("sslmode", "POSTGRES_SSLMODE"), ("sslrootcert", "POSTGRES_SSLROOTCERT")];
    for (index, (parameter, name)) in tls.into_iter().enumerate() {
        if let Some(value) = variable(name)? {
            let sign = if index == 0 || !url.contains('?') { '?' } else { '&' };
            url.push_str(&format!("{sign}{parameter}={}", percent_encode(&value)));
        }
    }
    Ok(Some(url))
}

fn percent_encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// Reads a size: a number, and a unit of B, KB, MB or GB in powers of 1,024; any case, a space between or not.
fn size(text: &str) -> Result<u64> {
    let text = text.trim().to_ascii_uppercase();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let factor: u64 = match unit.trim() {
        "" | "B" => 1,
        "K" | "KB" | "KIB" => 1 << 10,
        "M" | "MB" | "MIB" => 1 << 20,
        "G" | "GB" | "GIB" => 1 << 30,
        _ => bail!("unknown unit {unit:?}"),
    };
    number.parse::<u64>()?.checked_mul(factor).context("too large")
}

fn switch(name: &str) -> Result<bool> {
    match variable(name)?.map(|text| text.to_ascii_lowercase()).as_deref() {
        None | Some("true" | "1" | "yes" | "on") => Ok(true),
        Some("false" | "0" | "no" | "off") => Ok(false),
        Some(_) => bail!("{name} must be true or false"),
    }
}

/// A demo's secret: made once, kept beside the demo's data, readable by its owner alone.
fn demo_secret(data: &Path, name: &str, random: &dyn Random) -> Result<String> {
    let path = data.join(format!("{}.demo", name.to_lowercase()));
    match fs::read_to_string(&path) {
        Ok(secret) => Ok(secret),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(data).with_context(|| format!("can't make the folder {}", data.display()))?;
            let mut bytes = [0; 32];
            random.fill(&mut bytes);
            let secret: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            write_private(&path, &secret).with_context(|| format!("can't write {}", path.display()))?;
            Ok(secret)
        }
        Err(error) => Err(error).with_context(|| format!("can't read {}", path.display())),
    }
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _};
    fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_units_in_any_case() {
        assert_eq!(size("100MB").unwrap(), 100 << 20);
        assert_eq!(size(" 5 gib ").unwrap(), 5 << 30);
        assert_eq!(size("17").unwrap(), 17);
        for text in ["", "MB", "1XB", "-1", "99999999999999GB"] {
            assert!(size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_password_with_signs_becomes_part_of_an_address() {
        assert_eq!(percent_encode("p@ss/w:rd é"), "p%40ss%2Fw%3Ard%20%C3%A9");
    }
}
