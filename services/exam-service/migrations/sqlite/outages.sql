-- When writers were alive: a row for each stretch of time in which one said so without a break, lengthened once a second.
-- What lies between all stretches are outages.
CREATE TABLE {schema}.heartbeats (
    id          BLOB NOT NULL PRIMARY KEY,
    writer_id   BLOB NOT NULL,
    alive_from  INTEGER NOT NULL,
    alive_until INTEGER NOT NULL
) STRICT;

-- A time in which no replica could take answers in, as it concerned a sitting, and what the sitting did about it: nothing
-- yet while settled_at is null. counts_from is not before the sitting opened.
CREATE TABLE {schema}.outages (
    id          BLOB NOT NULL PRIMARY KEY,
    sitting_id  BLOB NOT NULL,
    from_at     INTEGER NOT NULL,
    until_at    INTEGER NOT NULL,
    counts_from INTEGER NOT NULL,
    noted_at    INTEGER NOT NULL,
    settled_at  INTEGER,
    decision    TEXT,
    moved_us    INTEGER NOT NULL DEFAULT 0,
    attempts    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX {schema}.outages_sitting_id ON outages (sitting_id, id);
CREATE INDEX {schema}.outages_unsettled ON outages (id) WHERE settled_at IS NULL;

-- How much of one outage a sitting credits by itself; longer ones wait for a person, and at 0 all do.
ALTER TABLE {schema}.sittings ADD COLUMN outage_credit_max_us INTEGER NOT NULL DEFAULT 3600000000;

-- How many outages it has credited: where there is none, none is looked for.
ALTER TABLE {schema}.sittings ADD COLUMN outages INTEGER NOT NULL DEFAULT 0;
