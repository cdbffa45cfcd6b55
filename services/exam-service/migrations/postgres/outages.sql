-- When writers were alive: a row for each stretch of time in which one said so without a break, lengthened once a second.
-- What lies between all stretches are outages.
CREATE TABLE {schema}.heartbeats (
    id          uuid NOT NULL PRIMARY KEY,
    writer_id   uuid NOT NULL,
    alive_from  BIGINT NOT NULL,
    alive_until BIGINT NOT NULL
);

-- A time in which no replica could take answers in, as it concerned a sitting, and what the sitting did about it: nothing
-- yet while settled_at is null. counts_from is not before the sitting opened.
CREATE TABLE {schema}.outages (
    id          uuid NOT NULL PRIMARY KEY,
    sitting_id  uuid NOT NULL,
    from_at     BIGINT NOT NULL,
    until_at    BIGINT NOT NULL,
    counts_from BIGINT NOT NULL,
    noted_at    BIGINT NOT NULL,
    settled_at  BIGINT,
    decision    TEXT,
    moved_us    BIGINT NOT NULL DEFAULT 0,
    attempts    BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX outages_sitting_id ON {schema}.outages (sitting_id, id);
CREATE INDEX outages_unsettled ON {schema}.outages (id) WHERE settled_at IS NULL;

-- How much of one outage a sitting credits by itself; longer ones wait for a person, and at 0 all do.
ALTER TABLE {schema}.sittings ADD COLUMN outage_credit_max_us BIGINT NOT NULL DEFAULT 3600000000;

-- How many outages it has credited: where there is none, none is looked for.
ALTER TABLE {schema}.sittings ADD COLUMN outages BIGINT NOT NULL DEFAULT 0;
