-- The story of a project is read by the project; what was noticed in a call by the call, whether or
-- not it names a customer of its own.
CREATE INDEX record_project_idx ON record (workspace_id, project) WHERE project IS NOT NULL;
DROP INDEX record_interaction_idx;
CREATE INDEX record_interaction_idx ON record (workspace_id, interaction)
  WHERE interaction IS NOT NULL;
