-- Sittings, as far as admission needs them: a title for the sheets, and whose staff may print them.
CREATE TABLE {schema}.sittings (
    id         BLOB    NOT NULL PRIMARY KEY,
    title      TEXT    NOT NULL,
    unit       TEXT    NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

-- A candidate's right to check in to an attempt. The admission code is kept as a keyed hash: printed once, never read
-- back.
CREATE TABLE {schema}.admissions (
    attempt_id     BLOB    NOT NULL PRIMARY KEY,
    sitting_id     BLOB    NOT NULL REFERENCES sittings (id),
    account_id     BLOB    NOT NULL REFERENCES accounts (id),
    opens_at       INTEGER NOT NULL,
    closes_at      INTEGER NOT NULL,
    revoked_at     INTEGER,
    code_hash      BLOB    UNIQUE,
    code_issued_at INTEGER
) STRICT;
CREATE INDEX {schema}.admissions_sitting ON admissions (sitting_id, account_id);
CREATE INDEX {schema}.admissions_account ON admissions (account_id);
