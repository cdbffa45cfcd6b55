-- Of several replicas one hands on the facts of an outbox: the one that holds this row until its end. Yesterday's binary
-- doesn't know it and hands on too: facts then come twice and are taken once.
CREATE TABLE {schema}.outbox_lease (
    id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    holder     BLOB    NOT NULL,
    held_until INTEGER NOT NULL
) STRICT;

-- Why a fact was set aside, for the person who has to decide.
ALTER TABLE {schema}.outbox ADD COLUMN failure TEXT;
CREATE INDEX {schema}.outbox_dead ON outbox (id) WHERE failed_at IS NOT NULL;

-- Facts go out in the order in which they happened. Their ids count milliseconds and then chance, which isn't enough.
DROP INDEX {schema}.outbox_pending;
CREATE INDEX {schema}.outbox_due ON outbox (created_at, id) WHERE published_at IS NULL AND failed_at IS NULL;
