-- Row-level security: the second wall between workspaces.
SELECT 1;
