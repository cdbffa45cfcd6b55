-- Over how long the starts of a sitting are spread: each attempt has its own moment in it, with the same working time.
ALTER TABLE {schema}.sittings ADD COLUMN start_spread_us BIGINT NOT NULL DEFAULT 0;
