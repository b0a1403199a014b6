-- What the console asks of a million records, by indexes. Behind the walls PostgreSQL uses one only for
-- comparisons that tell nothing of a row, and reading a field of jsonb or LIKE are none of those: so
-- what is asked for has columns of its own, and words are looked for by a role for that alone.

ALTER TABLE record
  -- As what the register lists it, "note/grievance"; null: not at all.
  ADD COLUMN shown text GENERATED ALWAYS AS (
    CASE WHEN kind = 'note' THEN 'note/' || coalesce(fields->>'label', 'note')
      WHEN kind IN ('expectation', 'commitment') THEN kind
      WHEN kind = 'interaction' AND fields->>'logged' = 'true' THEN kind END) STORED,
  -- What it is part of, or was asked about.
  ADD COLUMN about text GENERATED ALWAYS AS (
    CASE WHEN kind = 'probe' THEN fields->>'expectation'
      WHEN kind = 'review' THEN fields->>'audit'
      WHEN kind IN ('finding', 'inquiry', 'dispute', 'improvement') THEN fields->>'review' END) STORED;

CREATE INDEX record_listed_idx ON record (workspace_id, written DESC, id DESC)
  WHERE shown IS NOT NULL AND NOT deleted;
CREATE INDEX record_shown_idx ON record (workspace_id, shown, written DESC, id DESC)
  WHERE shown IS NOT NULL AND NOT deleted;
CREATE INDEX record_about_idx ON record (workspace_id, about) WHERE about IS NOT NULL;
DROP INDEX record_audit_idx;
DROP INDEX record_review_idx;

-- Where PostgreSQL has no trigrams, or this account may make no role, words are found all the same,
-- and take longer.
DO $$
DECLARE
  here text := quote_ident(current_schema());
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  BEGIN
    CREATE ROLE unsaid_words NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- roles belong to the whole cluster: another database has it
  END;
  IF NOT pg_has_role(current_user, 'unsaid_words', 'MEMBER') THEN
    EXECUTE format('GRANT unsaid_words TO %I', current_user);
  END IF;
  CREATE INDEX record_words_idx ON record USING gin (words gin_trgm_ops) WHERE words <> '';

  -- It sees the rows of all workspaces, so all it does is in the two functions, which go by the
  -- workspace that the transaction is in.
  GRANT SELECT (workspace_id, id, shown, deleted, visibility, author, words) ON record TO unsaid_words;
  CREATE POLICY words_by_index ON record FOR SELECT TO unsaid_words USING (true);

  -- Records whose texts this pattern fits; null: more than `most`.
  EXECUTE format($body$
    CREATE FUNCTION words_found(pattern text, most integer) RETURNS uuid[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = %s, pg_temp SET jit = off SET work_mem = '32MB' AS $fn$
    DECLARE
      found uuid[];
    BEGIN
      EXECUTE format('SELECT array_agg(id) FROM (SELECT id FROM record
          WHERE workspace_id = %%L AND words <> '''' AND words LIKE %%L LIMIT %%s) AS part',
        nullif(current_setting('unsaid.workspace', true), ''), pattern, most + 1) INTO found;
      RETURN CASE WHEN coalesce(cardinality(found), 0) > most THEN NULL
        ELSE coalesce(found, '{}') END;
    END
    $fn$ $body$, here);

  -- How many rows of the register have all these patterns in their own texts, as far as this member
  -- (null: one who reads everything) may read them; not counted further than `most`.
  EXECUTE format($body$
    CREATE FUNCTION words_counted(patterns text[], kinds text[], reader uuid, most integer)
    RETURNS integer
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = %s, pg_temp SET jit = off SET work_mem = '32MB' AS $fn$
    DECLARE
      found integer;
    BEGIN
      EXECUTE format('SELECT count(*) FROM (SELECT 1 FROM record
          WHERE workspace_id = %%L AND shown IS NOT NULL AND NOT deleted AND words <> '''' AND %%s
            AND (%%L::text[] IS NULL OR shown = ANY (%%L::text[]))
            AND (%%L::uuid IS NULL OR visibility = ''workspace'' OR author = %%L) LIMIT %%s) AS part',
        nullif(current_setting('unsaid.workspace', true), ''),
        (SELECT string_agg(format('words LIKE %%L', one), ' AND ') FROM unnest(patterns) AS one),
        kinds, kinds, reader, reader, most) INTO found;
      RETURN found;
    END
    $fn$ $body$, here);

  EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %s TO unsaid_words', here);
  ALTER FUNCTION words_found(text, integer) OWNER TO unsaid_words;
  ALTER FUNCTION words_counted(text[], text[], uuid, integer) OWNER TO unsaid_words;
  EXECUTE format('REVOKE CREATE ON SCHEMA %s FROM unsaid_words', here);
  REVOKE ALL ON FUNCTION words_found(text, integer),
    words_counted(text[], text[], uuid, integer) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION words_found(text, integer),
    words_counted(text[], text[], uuid, integer) TO unsaid_app;
EXCEPTION WHEN insufficient_privilege OR feature_not_supported OR undefined_file THEN
  RAISE WARNING 'Words are looked for without an index: %', SQLERRM;
END
$$;
