-- A named collection of questions, in a unit of the organisation: who has a role there works with it.
CREATE TABLE {schema}.banks (
    id          uuid   NOT NULL PRIMARY KEY,
    unit_path   text   NOT NULL,
    title       text   NOT NULL,
    description text   NOT NULL,
    version     bigint NOT NULL,
    archived_at bigint,
    created_by  uuid,
    created_at  bigint NOT NULL,
    updated_at  bigint NOT NULL
);
CREATE INDEX banks_unit_path ON {schema}.banks (unit_path, id);

-- A tree per bank. `path` has the ids from the outermost category to this one, between slashes: what starts with
-- it lies below it.
CREATE TABLE {schema}.categories (
    id        uuid NOT NULL PRIMARY KEY,
    bank_id   uuid NOT NULL REFERENCES {schema}.banks (id),
    parent_id uuid REFERENCES {schema}.categories (id),
    name      text NOT NULL,
    path      text NOT NULL
);
-- Neighbours have different names. The outermost ones have no parent; the bank stands in for it.
CREATE UNIQUE INDEX categories_name ON {schema}.categories (bank_id, coalesce(parent_id, bank_id), name);
CREATE INDEX categories_parent_id ON {schema}.categories (parent_id);
