-- Ed25519 keys that sign access tokens; the private half is sealed under a key derived from JWT_SECRET. A new key is
-- published before it signs (`activates_at`), so that every verifier knows it by then.
CREATE TABLE {schema}.signing_keys (
    kid            TEXT    NOT NULL PRIMARY KEY,
    public_key     BLOB    NOT NULL,
    private_sealed BLOB    NOT NULL,
    created_at     INTEGER NOT NULL,
    activates_at   INTEGER NOT NULL
) STRICT;

-- One signed-in browser of an account: the family of its refresh tokens.
CREATE TABLE {schema}.sessions (
    id           BLOB    NOT NULL PRIMARY KEY,
    account_id   BLOB    NOT NULL REFERENCES accounts (id),
    user_agent   TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    ended_at     INTEGER,
    end_reason   TEXT
) STRICT;
CREATE INDEX {schema}.sessions_account ON sessions (account_id, last_used_at);
CREATE INDEX {schema}.sessions_expiry ON sessions (expires_at);

-- Refresh tokens, as keyed hashes. A used one keeps the salt of its successor for a few seconds' grace: two tabs that
-- race get the same successor, which only the token itself and our key can make.
CREATE TABLE {schema}.refresh_tokens (
    token_hash     BLOB    NOT NULL PRIMARY KEY,
    session_id     BLOB    NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    issued_at      INTEGER NOT NULL,
    used_at        INTEGER,
    successor_salt BLOB
) STRICT;
CREATE INDEX {schema}.refresh_tokens_session ON refresh_tokens (session_id);

-- Browsers on which an account has signed in: a stranger's failures elsewhere don't count there.
CREATE TABLE {schema}.devices (
    device_hash   BLOB    NOT NULL,
    account_id    BLOB    NOT NULL REFERENCES accounts (id),
    first_seen_at INTEGER NOT NULL,
    last_seen_at  INTEGER NOT NULL,
    PRIMARY KEY (device_hash, account_id)
) STRICT;
CREATE INDEX {schema}.devices_age ON devices (last_seen_at);

-- Failed sign-ins by user name and source, both as keyed hashes: names that don't exist back off as those that do.
CREATE TABLE {schema}.sign_in_failures (
    subject_hash   BLOB    NOT NULL,
    source_hash    BLOB    NOT NULL,
    failures       INTEGER NOT NULL,
    last_failed_at INTEGER NOT NULL,
    blocked_until  INTEGER NOT NULL,
    PRIMARY KEY (subject_hash, source_hash)
) STRICT;
CREATE INDEX {schema}.sign_in_failures_age ON sign_in_failures (last_failed_at);

-- One-time codes with which a person sets a first or new password, as keyed hashes. One at a time for each account.
CREATE TABLE {schema}.activation_codes (
    account_id BLOB    NOT NULL PRIMARY KEY REFERENCES accounts (id),
    code_hash  BLOB    NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
