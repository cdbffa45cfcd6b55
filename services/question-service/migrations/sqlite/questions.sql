-- What several questions share: a passage, a picture, a table. The newest version's title stands in the row.
CREATE TABLE {schema}.stimuli (
    id         BLOB    NOT NULL PRIMARY KEY,
    bank_id    BLOB    NOT NULL REFERENCES banks (id),
    title      TEXT    NOT NULL,
    excerpt    TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    saved_by   BLOB,
    saved_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX {schema}.stimuli_bank_id ON stimuli (bank_id, id);
CREATE TABLE {schema}.stimulus_versions (
    stimulus_id BLOB    NOT NULL REFERENCES stimuli (id),
    number      INTEGER NOT NULL,
    title       TEXT    NOT NULL,
    content     BLOB    NOT NULL,
    saved_by    BLOB,
    saved_at    INTEGER NOT NULL,
    PRIMARY KEY (stimulus_id, number)
) STRICT;

-- A question through all its versions. `seq` counts questions in the order they were made: lists go by it, and it
-- is the row of the search index. `state`, `title`, `points`, `stimulus_id` are those of the newest version, kept here
-- for lists; `category_id`, `tags` and `idnumber` say where the question is filed and belong to no version.
CREATE TABLE {schema}.questions (
    seq               INTEGER NOT NULL PRIMARY KEY,
    id                BLOB    NOT NULL UNIQUE,
    bank_id           BLOB    NOT NULL REFERENCES banks (id),
    category_id       BLOB    REFERENCES categories (id),
    stimulus_id       BLOB    REFERENCES stimuli (id),
    stimulus_position INTEGER NOT NULL,
    idnumber          TEXT,
    tags              TEXT    NOT NULL,
    question_type     TEXT    NOT NULL,
    state             TEXT    NOT NULL,
    title             TEXT    NOT NULL,
    excerpt           TEXT    NOT NULL,
    points            INTEGER NOT NULL,
    version           INTEGER NOT NULL,
    version_id        BLOB    NOT NULL,
    ready_version     INTEGER,
    ready_version_id  BLOB,
    archived_at       INTEGER,
    created_by        BLOB,
    created_at        INTEGER NOT NULL,
    saved_by          BLOB,
    saved_at          INTEGER NOT NULL
) STRICT;
CREATE INDEX {schema}.questions_in_use ON questions (bank_id, seq) WHERE archived_at IS NULL;
CREATE INDEX {schema}.questions_state ON questions (bank_id, state, seq) WHERE archived_at IS NULL;
CREATE INDEX {schema}.questions_type ON questions (bank_id, question_type, seq) WHERE archived_at IS NULL;
CREATE INDEX {schema}.questions_archived ON questions (bank_id, seq) WHERE archived_at IS NOT NULL;
CREATE INDEX {schema}.questions_category_id ON questions (category_id, archived_at);
CREATE INDEX {schema}.questions_stimulus_id ON questions (stimulus_id);
CREATE UNIQUE INDEX {schema}.questions_idnumber ON questions (bank_id, idnumber) WHERE idnumber IS NOT NULL;

-- `tag_key` is the tag without the differences that don't matter (case, width).
CREATE TABLE {schema}.question_tags (
    question_id BLOB NOT NULL REFERENCES questions (id),
    tag_key     TEXT NOT NULL,
    tag         TEXT NOT NULL,
    bank_id     BLOB NOT NULL REFERENCES banks (id),
    PRIMARY KEY (question_id, tag_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX {schema}.question_tags_tag_key ON question_tags (tag_key, question_id);
CREATE INDEX {schema}.question_tags_bank_id ON question_tags (bank_id, tag_key);

-- Every save is a version, and no version ever changes. `content` is exact bytes under `content_hash`. What makes a
-- response right lies beside it, so that reading a question can't read a key.
CREATE TABLE {schema}.question_versions (
    id            BLOB    NOT NULL PRIMARY KEY,
    question_id   BLOB    NOT NULL REFERENCES questions (id),
    number        INTEGER NOT NULL,
    question_type TEXT    NOT NULL,
    state         TEXT    NOT NULL,
    title         TEXT    NOT NULL,
    points        INTEGER NOT NULL,
    stimulus_id   BLOB    REFERENCES stimuli (id),
    content       BLOB    NOT NULL,
    content_hash  BLOB    NOT NULL,
    note          TEXT    NOT NULL,
    saved_by      BLOB,
    saved_at      INTEGER NOT NULL,
    UNIQUE (question_id, number)
) STRICT;
CREATE INDEX {schema}.question_versions_stimulus_id ON question_versions (stimulus_id) WHERE stimulus_id IS NOT NULL;
CREATE TABLE {schema}.question_keys (
    version_id   BLOB NOT NULL PRIMARY KEY REFERENCES question_versions (id),
    content      BLOB NOT NULL,
    content_hash BLOB NOT NULL
) STRICT;

-- Versions that stand in somebody's paper.
CREATE TABLE {schema}.frozen_versions (
    version_id BLOB    NOT NULL PRIMARY KEY REFERENCES question_versions (id),
    frozen_by  BLOB,
    frozen_at  INTEGER NOT NULL
) STRICT;

-- The promise above is kept by the database itself. A draft that nobody used may be deleted; a frozen version not.
CREATE TRIGGER {schema}.question_versions_never_change BEFORE UPDATE ON question_versions
BEGIN
    SELECT RAISE(ABORT, 'a question version never changes');
END;
CREATE TRIGGER {schema}.question_keys_never_change BEFORE UPDATE ON question_keys
BEGIN
    SELECT RAISE(ABORT, 'the key of a question version never changes');
END;
CREATE TRIGGER {schema}.question_versions_stay BEFORE DELETE ON question_versions
WHEN EXISTS (SELECT 1 FROM frozen_versions WHERE version_id = OLD.id)
BEGIN
    SELECT RAISE(ABORT, 'a frozen question version stays');
END;
CREATE TRIGGER {schema}.question_keys_stay BEFORE DELETE ON question_keys
WHEN EXISTS (SELECT 1 FROM frozen_versions WHERE version_id = OLD.version_id)
BEGIN
    SELECT RAISE(ABORT, 'the key of a frozen question version stays');
END;
CREATE TRIGGER {schema}.frozen_versions_stay BEFORE DELETE ON frozen_versions
BEGIN
    SELECT RAISE(ABORT, 'a frozen question version stays frozen');
END;
CREATE TRIGGER {schema}.stimulus_versions_never_change BEFORE UPDATE ON stimulus_versions
BEGIN
    SELECT RAISE(ABORT, 'a stimulus version never changes');
END;

-- Pictures, named by the hash of their bytes; the bytes lie in the media folder.
CREATE TABLE {schema}.media (
    sha256      BLOB    NOT NULL PRIMARY KEY,
    media_type  TEXT    NOT NULL,
    bytes       INTEGER NOT NULL,
    width       INTEGER NOT NULL,
    height      INTEGER NOT NULL,
    uploaded_by BLOB,
    uploaded_at INTEGER NOT NULL
) STRICT;
