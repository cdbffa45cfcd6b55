-- Terms: when a course or a class runs. Days are ISO 8601 dates of the institution's calendar, not instants.
CREATE TABLE {schema}.terms (
    id         BLOB    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL UNIQUE,
    starts_on  TEXT    NOT NULL,
    ends_on    TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- The organisation. A unit's place never changes: other services keep its path beside their things. So nothing is moved
-- or deleted; what is over is archived.
CREATE TABLE {schema}.units (
    id          BLOB    NOT NULL PRIMARY KEY,
    parent_id   BLOB             REFERENCES units (id),
    kind        TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    code        TEXT,
    path        TEXT    NOT NULL UNIQUE,
    term_id     BLOB             REFERENCES terms (id),
    archived_at INTEGER,
    created_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX {schema}.units_parent ON units (parent_id);

-- People. `subject` is the folded user name, `number_key` the folded number: one person each, however they type it.
-- No password yet, or none any more: `password_hash` is null. `home` says whose units' staff look after the account.
-- `search_text` holds what a search looks through, folded as the search folds its words.
CREATE TABLE {schema}.accounts (
    id                   BLOB    NOT NULL PRIMARY KEY,
    issuer               TEXT    NOT NULL,
    subject              TEXT    NOT NULL,
    username             TEXT    NOT NULL,
    display_name         TEXT    NOT NULL,
    number               TEXT,
    number_key           TEXT    UNIQUE,
    email                TEXT,
    home                 TEXT    NOT NULL,
    password_hash        TEXT,
    must_change_password INTEGER NOT NULL,
    disabled_at          INTEGER,
    search_text          TEXT    NOT NULL,
    created_at           INTEGER NOT NULL,
    updated_at           INTEGER NOT NULL,
    UNIQUE (issuer, subject)
) STRICT;
-- Lists are in the order of the user name.
CREATE INDEX {schema}.accounts_list ON accounts (subject, id);

-- What a person is, in a unit and all that lies below it. The path stands here too, so that a token costs one read.
CREATE TABLE {schema}.grants (
    account_id BLOB    NOT NULL REFERENCES accounts (id),
    role       TEXT    NOT NULL,
    unit       TEXT    NOT NULL,
    granted_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, role, unit)
) STRICT;
CREATE INDEX {schema}.grants_unit ON grants (unit);

-- Who belongs to a unit, beside their home.
CREATE TABLE {schema}.members (
    unit_id    BLOB    NOT NULL REFERENCES units (id),
    account_id BLOB    NOT NULL REFERENCES accounts (id),
    added_at   INTEGER NOT NULL,
    PRIMARY KEY (unit_id, account_id)
) STRICT;
CREATE INDEX {schema}.members_account ON members (account_id);
