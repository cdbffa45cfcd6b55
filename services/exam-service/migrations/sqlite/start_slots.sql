-- Over how long the starts of a sitting are spread: each attempt has its own moment in it, with the same working time.
ALTER TABLE {schema}.sittings ADD COLUMN start_spread_us INTEGER NOT NULL DEFAULT 0;
