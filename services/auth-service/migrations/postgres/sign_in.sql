-- Ed25519 keys that sign access tokens; the private half is sealed under a key derived from JWT_SECRET. A new key is
-- published before it signs (`activates_at`), so that every verifier knows it by then.
CREATE TABLE {schema}.signing_keys (
    kid            text   NOT NULL PRIMARY KEY,
    public_key     bytea  NOT NULL,
    private_sealed bytea  NOT NULL,
    created_at     bigint NOT NULL,
    activates_at   bigint NOT NULL
);

-- One signed-in browser of an account: the family of its refresh tokens.
CREATE TABLE {schema}.sessions (
    id           uuid   NOT NULL PRIMARY KEY,
    account_id   uuid   NOT NULL REFERENCES {schema}.accounts (id),
    user_agent   text   NOT NULL,
    created_at   bigint NOT NULL,
    last_used_at bigint NOT NULL,
    expires_at   bigint NOT NULL,
    ended_at     bigint,
    end_reason   text
);
CREATE INDEX sessions_account ON {schema}.sessions (account_id, last_used_at);
CREATE INDEX sessions_expiry ON {schema}.sessions (expires_at);

-- Refresh tokens, as keyed hashes. A used one keeps the salt of its successor for a few seconds' grace: two tabs that
-- race get the same successor, which only the token itself and our key can make.
CREATE TABLE {schema}.refresh_tokens (
    token_hash     bytea  NOT NULL PRIMARY KEY,
    session_id     uuid   NOT NULL REFERENCES {schema}.sessions (id) ON DELETE CASCADE,
    issued_at      bigint NOT NULL,
    used_at        bigint,
    successor_salt bytea
);
CREATE INDEX refresh_tokens_session ON {schema}.refresh_tokens (session_id);

-- Browsers on which an account has signed in: a stranger's failures elsewhere don't count there.
CREATE TABLE {schema}.devices (
    device_hash   bytea  NOT NULL,
    account_id    uuid   NOT NULL REFERENCES {schema}.accounts (id),
    first_seen_at bigint NOT NULL,
    last_seen_at  bigint NOT NULL,
    PRIMARY KEY (device_hash, account_id)
);
CREATE INDEX devices_age ON {schema}.devices (last_seen_at);

-- Failed sign-ins by user name and source, both as keyed hashes: names that don't exist back off as those that do.
CREATE TABLE {schema}.sign_in_failures (
    subject_hash   bytea  NOT NULL,
    source_hash    bytea  NOT NULL,
    failures       bigint NOT NULL,
    last_failed_at bigint NOT NULL,
    blocked_until  bigint NOT NULL,
    PRIMARY KEY (subject_hash, source_hash)
);
CREATE INDEX sign_in_failures_age ON {schema}.sign_in_failures (last_failed_at);

-- One-time codes with which a person sets a first or new password, as keyed hashes. One at a time for each account.
CREATE TABLE {schema}.activation_codes (
    account_id uuid   NOT NULL PRIMARY KEY REFERENCES {schema}.accounts (id),
    code_hash  bytea  NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL
);
