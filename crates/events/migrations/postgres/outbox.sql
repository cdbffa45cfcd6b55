-- Facts leave through the outbox: written with the change they tell of, handed on afterwards, as often as it takes.
CREATE TABLE {schema}.outbox (
    id           uuid   NOT NULL PRIMARY KEY,
    kind         text   NOT NULL,
    payload      text   NOT NULL,
    created_at   bigint NOT NULL,
    published_at bigint,
    tries        bigint NOT NULL DEFAULT 0,
    next_try_at  bigint NOT NULL DEFAULT 0,
    failed_at    bigint
);
CREATE INDEX outbox_pending ON {schema}.outbox (id) WHERE published_at IS NULL AND failed_at IS NULL;

-- What a consumer has taken, written with what it did: a fact that comes twice is done once.
CREATE TABLE {schema}.inbox (
    event_id uuid   NOT NULL,
    consumer text   NOT NULL,
    taken_at bigint NOT NULL,
    PRIMARY KEY (event_id, consumer)
);
