-- Terms: when a course or a class runs. Days are ISO 8601 dates of the institution's calendar, not instants.
CREATE TABLE {schema}.terms (
    id         uuid   NOT NULL PRIMARY KEY,
    name       text   NOT NULL UNIQUE,
    starts_on  text   NOT NULL,
    ends_on    text   NOT NULL,
    created_at bigint NOT NULL
);

-- The organisation. A unit's place never changes: other services keep its path beside their things. So nothing is moved
-- or deleted; what is over is archived.
CREATE TABLE {schema}.units (
    id          uuid   NOT NULL PRIMARY KEY,
    parent_id   uuid            REFERENCES {schema}.units (id),
    kind        text   NOT NULL,
    name        text   NOT NULL,
    code        text,
    path        text   NOT NULL UNIQUE,
    term_id     uuid            REFERENCES {schema}.terms (id),
    archived_at bigint,
    created_at  bigint NOT NULL
);
CREATE INDEX units_parent ON {schema}.units (parent_id);

-- People. `subject` is the folded user name, `number_key` the folded number: one person each, however they type it.
-- No password yet, or none any more: `password_hash` is null. `home` says whose units' staff look after the account.
-- `search_text` holds what a search looks through, folded as the search folds its words.
CREATE TABLE {schema}.accounts (
    id                   uuid   NOT NULL PRIMARY KEY,
    issuer               text   NOT NULL,
    subject              text   COLLATE "C" NOT NULL,
    username             text   NOT NULL,
    display_name         text   NOT NULL,
    number               text,
    number_key           text            UNIQUE,
    email                text,
    home                 text   NOT NULL,
    password_hash        text,
    must_change_password boolean NOT NULL,
    disabled_at          bigint,
    search_text          text   NOT NULL,
    created_at           bigint NOT NULL,
    updated_at           bigint NOT NULL,
    UNIQUE (issuer, subject)
);
-- Lists are in the order of the user name.
CREATE INDEX accounts_list ON {schema}.accounts (subject, id);

-- What a person is, in a unit and all that lies below it. The path stands here too, so that a token costs one read.
CREATE TABLE {schema}.grants (
    account_id uuid   NOT NULL REFERENCES {schema}.accounts (id),
    role       text   NOT NULL,
    unit       text   NOT NULL,
    granted_at bigint NOT NULL,
    PRIMARY KEY (account_id, role, unit)
);
CREATE INDEX grants_unit ON {schema}.grants (unit);

-- Who belongs to a unit, beside their home.
CREATE TABLE {schema}.members (
    unit_id    uuid   NOT NULL REFERENCES {schema}.units (id),
    account_id uuid   NOT NULL REFERENCES {schema}.accounts (id),
    added_at   bigint NOT NULL,
    PRIMARY KEY (unit_id, account_id)
);
CREATE INDEX members_account ON {schema}.members (account_id);
