-- What was answered to a request that carried an Idempotency-Key: the same request again gets the same answer, even
-- when the first answer was lost on its way. Rows go after a day.
CREATE TABLE {schema}.idempotency_keys (
    key_hash     BLOB    NOT NULL PRIMARY KEY,
    request_hash BLOB    NOT NULL,
    created_at   INTEGER NOT NULL,
    status       INTEGER,
    content_type TEXT,
    body         BLOB
) STRICT;
CREATE INDEX {schema}.idempotency_keys_created_at ON idempotency_keys (created_at);
