-- A named collection of questions, in a unit of the organisation: who has a role there works with it.
CREATE TABLE {schema}.banks (
    id          BLOB    NOT NULL PRIMARY KEY,
    unit_path   TEXT    NOT NULL,
    title       TEXT    NOT NULL,
    description TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    archived_at INTEGER,
    created_by  BLOB,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX {schema}.banks_unit_path ON banks (unit_path, id);

-- A tree per bank. `path` has the ids from the outermost category to this one, between slashes: what starts with
-- it lies below it.
CREATE TABLE {schema}.categories (
    id        BLOB    NOT NULL PRIMARY KEY,
    bank_id   BLOB    NOT NULL REFERENCES banks (id),
    parent_id BLOB    REFERENCES categories (id),
    name      TEXT    NOT NULL,
    path      TEXT    NOT NULL
) STRICT;
-- Neighbours have different names. The outermost ones have no parent; the bank stands in for it.
CREATE UNIQUE INDEX {schema}.categories_name ON categories (bank_id, coalesce(parent_id, bank_id), name);
CREATE INDEX {schema}.categories_parent_id ON categories (parent_id);
