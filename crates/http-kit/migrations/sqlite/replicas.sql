-- Only PostgreSQL has replicas; the table is here so that both databases have the same schema.
CREATE TABLE {schema}.replicas (
    process_id    BLOB    NOT NULL PRIMARY KEY,
    offset_micros INTEGER NOT NULL,
    beat_at       INTEGER NOT NULL
) STRICT;
