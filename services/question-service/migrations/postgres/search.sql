-- The words of each question, as our own analyser parts them (domain/words.rs), by the question's `seq`. They come as
-- finished lexemes: no text search configuration has anything to decide.
CREATE TABLE {schema}.search (
    seq   bigint   NOT NULL PRIMARY KEY,
    words tsvector NOT NULL
);
CREATE INDEX search_words ON {schema}.search USING gin (words);
