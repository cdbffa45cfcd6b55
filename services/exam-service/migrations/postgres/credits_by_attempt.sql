-- What a whole sitting was given, and what an attempt was given: an incident leaves a credit for each attempt of a hall, of which
-- each candidate looks for their own.
CREATE INDEX time_credits_to_all ON {schema}.time_credits (sitting_id) WHERE attempt_id IS NULL;
CREATE INDEX time_credits_attempt_id ON {schema}.time_credits (attempt_id) WHERE attempt_id IS NOT NULL;
