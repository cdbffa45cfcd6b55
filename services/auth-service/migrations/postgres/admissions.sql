-- Sittings, as far as admission needs them: a title for the sheets, and whose staff may print them.
CREATE TABLE {schema}.sittings (
    id         uuid   NOT NULL PRIMARY KEY,
    title      text   NOT NULL,
    unit       text   NOT NULL,
    updated_at bigint NOT NULL
);

-- A candidate's right to check in to an attempt. The admission code is kept as a keyed hash: printed once, never read
-- back.
CREATE TABLE {schema}.admissions (
    attempt_id     uuid   NOT NULL PRIMARY KEY,
    sitting_id     uuid   NOT NULL REFERENCES {schema}.sittings (id),
    account_id     uuid   NOT NULL REFERENCES {schema}.accounts (id),
    opens_at       bigint NOT NULL,
    closes_at      bigint NOT NULL,
    revoked_at     bigint,
    code_hash      bytea           UNIQUE,
    code_issued_at bigint
);
CREATE INDEX admissions_sitting ON {schema}.admissions (sitting_id, account_id);
CREATE INDEX admissions_account ON {schema}.admissions (account_id);
