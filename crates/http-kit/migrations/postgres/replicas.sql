-- What each process of this service measured of its clock against the database's: replicas compare themselves by it.
CREATE TABLE {schema}.replicas (
    process_id    uuid   NOT NULL PRIMARY KEY,
    offset_micros bigint NOT NULL,
    beat_at       bigint NOT NULL
);
