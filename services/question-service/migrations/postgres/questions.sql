-- What several questions share: a passage, a picture, a table. The newest version's title stands in the row.
CREATE TABLE {schema}.stimuli (
    id         uuid   NOT NULL PRIMARY KEY,
    bank_id    uuid   NOT NULL REFERENCES {schema}.banks (id),
    title      text   NOT NULL,
    excerpt    text   NOT NULL,
    version    bigint NOT NULL,
    saved_by   uuid,
    saved_at   bigint NOT NULL
);
CREATE INDEX stimuli_bank_id ON {schema}.stimuli (bank_id, id);
CREATE TABLE {schema}.stimulus_versions (
    stimulus_id uuid   NOT NULL REFERENCES {schema}.stimuli (id),
    number      bigint NOT NULL,
    title       text   NOT NULL,
    content     bytea  NOT NULL,
    saved_by    uuid,
    saved_at    bigint NOT NULL,
    PRIMARY KEY (stimulus_id, number)
);

-- A question through all its versions. `seq` counts questions in the order they were made: lists go by it, and it
-- is the row of the search index. `state`, `title`, `points`, `stimulus_id` are those of the newest version, kept here
-- for lists; `category_id`, `tags` and `idnumber` say where the question is filed and belong to no version.
CREATE TABLE {schema}.questions (
    seq               bigint NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id                uuid   NOT NULL UNIQUE,
    bank_id           uuid   NOT NULL REFERENCES {schema}.banks (id),
    category_id       uuid   REFERENCES {schema}.categories (id),
    stimulus_id       uuid   REFERENCES {schema}.stimuli (id),
    stimulus_position bigint NOT NULL,
    idnumber          text,
    tags              text   NOT NULL,
    question_type     text   NOT NULL,
    state             text   NOT NULL,
    title             text   NOT NULL,
    excerpt           text   NOT NULL,
    points            bigint NOT NULL,
    version           bigint NOT NULL,
    version_id        uuid   NOT NULL,
    ready_version     bigint,
    ready_version_id  uuid,
    archived_at       bigint,
    created_by        uuid,
    created_at        bigint NOT NULL,
    saved_by          uuid,
    saved_at          bigint NOT NULL
);
CREATE INDEX questions_in_use ON {schema}.questions (bank_id, seq) WHERE archived_at IS NULL;
CREATE INDEX questions_state ON {schema}.questions (bank_id, state, seq) WHERE archived_at IS NULL;
CREATE INDEX questions_type ON {schema}.questions (bank_id, question_type, seq) WHERE archived_at IS NULL;
CREATE INDEX questions_archived ON {schema}.questions (bank_id, seq) WHERE archived_at IS NOT NULL;
CREATE INDEX questions_category_id ON {schema}.questions (category_id, archived_at);
CREATE INDEX questions_stimulus_id ON {schema}.questions (stimulus_id);
CREATE UNIQUE INDEX questions_idnumber ON {schema}.questions (bank_id, idnumber) WHERE idnumber IS NOT NULL;

-- `tag_key` is the tag without the differences that don't matter (case, width).
CREATE TABLE {schema}.question_tags (
    question_id uuid NOT NULL REFERENCES {schema}.questions (id),
    tag_key     text NOT NULL,
    tag         text NOT NULL,
    bank_id     uuid NOT NULL REFERENCES {schema}.banks (id),
    PRIMARY KEY (question_id, tag_key)
);
CREATE INDEX question_tags_tag_key ON {schema}.question_tags (tag_key, question_id);
CREATE INDEX question_tags_bank_id ON {schema}.question_tags (bank_id, tag_key);

-- Every save is a version, and no version ever changes. `content` is exact bytes under `content_hash`. What makes a
-- response right lies beside it, so that reading a question can't read a key.
CREATE TABLE {schema}.question_versions (
    id            uuid   NOT NULL PRIMARY KEY,
    question_id   uuid   NOT NULL REFERENCES {schema}.questions (id),
    number        bigint NOT NULL,
    question_type text   NOT NULL,
    state         text   NOT NULL,
    title         text   NOT NULL,
    points        bigint NOT NULL,
    stimulus_id   uuid   REFERENCES {schema}.stimuli (id),
    content       bytea  NOT NULL,
    content_hash  bytea  NOT NULL,
    note          text   NOT NULL,
    saved_by      uuid,
    saved_at      bigint NOT NULL,
    UNIQUE (question_id, number)
);
CREATE INDEX question_versions_stimulus_id ON {schema}.question_versions (stimulus_id) WHERE stimulus_id IS NOT NULL;
CREATE TABLE {schema}.question_keys (
    version_id   uuid  NOT NULL PRIMARY KEY REFERENCES {schema}.question_versions (id),
    content      bytea NOT NULL,
    content_hash bytea NOT NULL
);

-- Versions that stand in somebody's paper.
CREATE TABLE {schema}.frozen_versions (
    version_id uuid   NOT NULL PRIMARY KEY REFERENCES {schema}.question_versions (id),
    frozen_by  uuid,
    frozen_at  bigint NOT NULL
);

-- The promise above is kept by the database itself. A draft that nobody used may be deleted; a frozen version not:
-- `frozen_versions` refers to it and lets nothing go.
CREATE FUNCTION {schema}.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row of % never changes', TG_TABLE_NAME;
END
$$;
CREATE FUNCTION {schema}.refuse_loss_of_frozen_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM {schema}.frozen_versions WHERE version_id = OLD.version_id) THEN
        RAISE EXCEPTION 'the key of a frozen question version stays';
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER question_versions_never_change BEFORE UPDATE ON {schema}.question_versions
    FOR EACH ROW EXECUTE FUNCTION {schema}.refuse_change();
CREATE TRIGGER question_keys_never_change BEFORE UPDATE ON {schema}.question_keys
    FOR EACH ROW EXECUTE FUNCTION {schema}.refuse_change();
CREATE TRIGGER question_keys_stay BEFORE DELETE ON {schema}.question_keys
    FOR EACH ROW EXECUTE FUNCTION {schema}.refuse_loss_of_frozen_key();
CREATE TRIGGER frozen_versions_stay BEFORE DELETE ON {schema}.frozen_versions
    FOR EACH ROW EXECUTE FUNCTION {schema}.refuse_change();
CREATE TRIGGER stimulus_versions_never_change BEFORE UPDATE ON {schema}.stimulus_versions
    FOR EACH ROW EXECUTE FUNCTION {schema}.refuse_change();

-- Pictures, named by the hash of their bytes; the bytes lie in the media folder.
CREATE TABLE {schema}.media (
    sha256      bytea  NOT NULL PRIMARY KEY,
    media_type  text   NOT NULL,
    bytes       bigint NOT NULL,
    width       bigint NOT NULL,
    height      bigint NOT NULL,
    uploaded_by uuid,
    uploaded_at bigint NOT NULL
);
