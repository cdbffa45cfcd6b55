-- What was answered to a request that carried an Idempotency-Key: the same request again gets the same answer, even
-- when the first answer was lost on its way. Rows go after a day.
CREATE TABLE {schema}.idempotency_keys (
    key_hash     bytea    NOT NULL PRIMARY KEY,
    request_hash bytea    NOT NULL,
    created_at   bigint NOT NULL,
    status       bigint,
    content_type text,
    body         bytea
);
CREATE INDEX idempotency_keys_created_at ON {schema}.idempotency_keys (created_at);
