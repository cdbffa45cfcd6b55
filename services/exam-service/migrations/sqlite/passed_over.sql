-- How many entries of an attempt went back in a section without a way back, so that they don't count, and wait for an
-- officer to look at them. Written when the attempt is marked: a list of a sitting needn't go through its journals.
ALTER TABLE {schema}.attempts ADD COLUMN passed_over INTEGER NOT NULL DEFAULT 0;
