//! A login role per service, which owns its service's schema and may do nothing elsewhere.

use std::{fmt, str::FromStr as _};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use foundation::Random;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, postgres::PgConnectOptions};

use crate::{Error, Result};

/// Rounds of PBKDF2, as PostgreSQL's own default.
const ROUNDS: u32 = 4_096;

/// A service's login role.
pub struct DbRole<'a> {
    /// Its name: `exam_service`.
    pub name: &'a str,
    /// The schema that it owns.
    pub schema: &'a str,
    /// Its password, of printable ASCII.
    pub password: &'a str,
}

/// Makes the role or gives it the password, and gives it the schema with everything in it. `url` is an address of
/// somebody who may do that. The password goes to the server as a SCRAM verifier: no log of statements holds it.
///
/// # Errors
/// When the server refuses, or the password has characters that aren't printable ASCII.
pub async fn create_role(url: &str, role: &DbRole<'_>, random: &dyn Random) -> Result<()> {
    if role.password.is_empty() || !role.password.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Error::Config(format!("the password of {} must be of printable ASCII", role.name)));
    }
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| Error::Config("DATABASE_URL is not a PostgreSQL address".to_owned()))?;
    let mut salt = [0; 16];
    random.fill(&mut salt);
    let verifier = scram_verifier(role.password, &salt);
    let DbRole { name, schema, .. } = role;
    let mut conn = PgConnection::connect_with(&options).await?;
    let known: Option<i32> = sqlx::query_scalar("SELECT 1 FROM pg_roles WHERE rolname = $1")
        .bind(*name)
        .fetch_optional(&mut conn)
        .await?;
    let verb = if known.is_some() { "ALTER" } else { "CREATE" };
    let sql = format!(
        "BEGIN;
         {verb} ROLE {name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '{verifier}';
         -- Only a member of a role may give things to it.
         GRANT {name} TO CURRENT_USER;
         CREATE SCHEMA IF NOT EXISTS {schema};
         ALTER SCHEMA {schema} OWNER TO {name};
         REVOKE ALL ON SCHEMA {schema} FROM PUBLIC;
         REVOKE CREATE ON SCHEMA public FROM PUBLIC;
         DO $$
         DECLARE
           thing record;
         BEGIN
           FOR thing IN
             SELECT format('%I.%I', n.nspname, c.relname) AS name
             FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = '{schema}' AND c.relkind IN ('r', 'p', 'v')
           LOOP
             EXECUTE format('ALTER TABLE %s OWNER TO {name}', thing.name);
           END LOOP;
           FOR thing IN
             SELECT p.oid::regprocedure AS name
             FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
             WHERE n.nspname = '{schema}'
           LOOP
             EXECUTE format('ALTER ROUTINE %s OWNER TO {name}', thing.name);
           END LOOP;
         END $$;
         COMMIT;"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut conn).await?;
    conn.close().await?;
    Ok(())
}

/// What PostgreSQL keeps of a password (RFC 5803).
fn scram_verifier(password: &str, salt: &[u8]) -> String {
    let mut block = mac(password.as_bytes(), &[salt, &[0, 0, 0, 1]].concat());
    let mut salted = block;
    for _ in 1..ROUNDS {
        block = mac(password.as_bytes(), &block);
        salted.iter_mut().zip(block).for_each(|(all, one)| *all ^= one);
    }
    let stored = Sha256::digest(mac(&salted, b"Client Key"));
    let server = mac(&salted, b"Server Key");
    format!(
        "SCRAM-SHA-256${ROUNDS}:{}${}:{}",
        BASE64_STANDARD.encode(salt),
        BASE64_STANDARD.encode(stored),
        BASE64_STANDARD.encode(server)
    )
}

#[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
fn mac(key: &[u8], bytes: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(bytes);
    mac.finalize().into_bytes().into()
}

impl fmt::Debug for DbRole<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DbRole({})", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verifier_is_the_one_of_the_standards_example() {
        // RFC 7677, section 3: password and salt; the keys follow from them.
        let salt = BASE64_STANDARD.decode("W22ZaJ0SNY7soEsUEjb6gQ==").unwrap();
        assert_eq!(
            scram_verifier("pencil", &salt),
            "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="
        );
    }
}
