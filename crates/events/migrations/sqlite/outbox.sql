-- Facts leave through the outbox: written with the change they tell of, handed on afterwards, as often as it takes.
CREATE TABLE {schema}.outbox (
    id           BLOB    NOT NULL PRIMARY KEY,
    kind         TEXT    NOT NULL,
    payload      TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    published_at INTEGER,
    tries        INTEGER NOT NULL DEFAULT 0,
    next_try_at  INTEGER NOT NULL DEFAULT 0,
    failed_at    INTEGER
) STRICT;
CREATE INDEX {schema}.outbox_pending ON outbox (id) WHERE published_at IS NULL AND failed_at IS NULL;

-- What a consumer has taken, written with what it did: a fact that comes twice is done once.
CREATE TABLE {schema}.inbox (
    event_id BLOB    NOT NULL,
    consumer TEXT    NOT NULL,
    taken_at INTEGER NOT NULL,
    PRIMARY KEY (event_id, consumer)
) STRICT;
