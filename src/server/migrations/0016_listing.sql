-- What the register lists is kept in memory (src/server/register/listed.ts), words and all. The indexes
-- that it was looked up by before took more than half of what writing a record takes.

DROP INDEX IF EXISTS record_words_idx;
DROP INDEX IF EXISTS record_listed_idx;
DROP INDEX IF EXISTS record_shown_idx;

-- The functions and the policy are there only where the database let them be made (0015_console.sql).
DROP FUNCTION IF EXISTS words_found(text, integer);
DROP FUNCTION IF EXISTS words_counted(text[], text[], uuid, integer);
DROP POLICY IF EXISTS words_by_index ON record;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'unsaid_words') THEN
    REVOKE ALL ON record FROM unsaid_words; -- of its columns too
    EXECUTE format('REVOKE ALL ON SCHEMA %I FROM unsaid_words', current_schema());
  END IF;
END
$$;
-- The role itself may serve other databases of this cluster, as the extension pg_trgm may others here.
