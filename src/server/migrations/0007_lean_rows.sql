-- Less in each row: what is pushed is written in half the bytes.

-- What the fold knows beside the values of the fields (sync/provenance.ts). `state` is the whole of
-- it, values and all, where provenance cannot tell it: in records of before, until they are written
-- again, and in the few whose fields do not tell their registers.
ALTER TABLE record ADD COLUMN provenance text;
ALTER TABLE record ALTER COLUMN state DROP NOT NULL;

-- They stand in the leaf, and nothing asks for them here.
ALTER TABLE log_leaf DROP COLUMN rank;
ALTER TABLE log_leaf DROP COLUMN received;

-- Followed is what names no customer of its own and was noticed in an interaction with one.
DROP INDEX record_interaction_idx;
CREATE INDEX record_interaction_idx ON record (workspace_id, interaction) WHERE customer IS NULL;
