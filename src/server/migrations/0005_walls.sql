-- The second wall between workspaces (the first are the filters of every statement): a transaction
-- says which one it is in, and PostgreSQL shows it and lets it write that one's rows alone.
--
-- The role is made by the server before migrations run (app-role.ts). A later migration that makes a
-- table of a workspace's rows calls workspace_wall() for it; one that changes such rows in all
-- workspaces has to lift FORCE for the time of its transaction, since the walls hold for the owner.

CREATE FUNCTION workspace_wall(target regclass, key name DEFAULT 'workspace_id') RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  -- Empty is what PostgreSQL leaves behind when a transaction that had set it ends.
  EXECUTE format(
    'CREATE POLICY workspace_wall ON %s USING (%I = nullif(current_setting(%L, true), %L)::uuid)',
    target, key, 'unsaid.workspace', '');
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO unsaid_app', target);
END
$$;

SELECT workspace_wall('workspace', 'id');
DO $$
DECLARE
  target regclass;
BEGIN
  FOR target IN
    SELECT c.oid::regclass
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'
    WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
    ORDER BY c.relname
  LOOP
    PERFORM workspace_wall(target);
  END LOOP;
END
$$;

-- Joining writes accounts in the same transaction. They belong to no one workspace.
GRANT SELECT, INSERT, UPDATE, DELETE ON "user", "account", "session", "organization", "member"
  TO unsaid_app;

-- Tokens name their workspace, so they are looked up within it.
DROP INDEX device_token_hash_idx;
CREATE INDEX device_token_idx ON device (workspace_id, token_hash);
DROP INDEX link_token_hash_idx;
