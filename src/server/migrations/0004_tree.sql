-- The Merkle tree over the log (SPEC 8, 9), what devices signed, and what they reported.

-- Roots of the tree's perfect subtrees, largest first, 32 bytes each: kept by whoever appends. null in
-- a workspace from before there was a tree, until the server has built it from the leaves.
ALTER TABLE workspace ADD COLUMN frontier bytea;
ALTER TABLE workspace ALTER COLUMN frontier SET DEFAULT '';
-- What its checkpoints begin with since history was restored on purpose. null: never was.
ALTER TABLE workspace ADD COLUMN origin text;

-- Full tiles, which never change; what is still filling is worked out from the leaves.
CREATE TABLE log_tile (
  workspace_id uuid NOT NULL,
  -- 0: hashes of leaves; 1: roots of level 0's tiles; and so on
  level integer NOT NULL,
  idx bigint NOT NULL,
  -- 256 of 32 bytes
  hashes bytea NOT NULL,
  root bytea NOT NULL,
  PRIMARY KEY (workspace_id, level, idx)
);
-- Hashes cannot be compressed: do not try.
ALTER TABLE log_tile ALTER COLUMN hashes SET STORAGE EXTERNAL;

-- A device's signatures (SPEC 10.2), each over its change n and, by the chain, the ones before it.
CREATE TABLE log_signature (
  workspace_id uuid NOT NULL,
  device uuid NOT NULL,
  n bigint NOT NULL,
  signature bytea NOT NULL,
  PRIMARY KEY (workspace_id, device, n)
);

-- What devices found that does not fit, for admins (SPEC 11).
CREATE TABLE log_report (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  device uuid NOT NULL,
  member uuid NOT NULL,
  found text NOT NULL,
  -- signed notes, as the device kept and got them
  pinned text,
  told text,
  seq bigint,
  received timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX log_report_received_idx ON log_report (workspace_id, received DESC);
