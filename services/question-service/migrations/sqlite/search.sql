-- The words of each question, as our own analyser parts them (domain/words.rs); a row is a question's `seq`. The
-- index keeps no copy of the text. Its tokenizer has nothing to decide: words come with single spaces between them.
CREATE VIRTUAL TABLE {schema}.search USING fts5 (
    words,
    content = '',
    contentless_delete = 1,
    tokenize = 'ascii'
);
