-- Results may be taken back, and released again; facts come in any order. Results are out while the last release is
-- newer than the last withdrawal. Until this version's process runs, nothing writes the column.
ALTER TABLE {schema}.sittings ADD COLUMN withdrawn_at bigint;
