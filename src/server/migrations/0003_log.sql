-- The log: every change of a workspace, numbered without gaps in commit order. Whoever writes holds
-- the workspace's row, so its leaves, its records and its clock move together.

ALTER TABLE workspace ADD COLUMN clock text NOT NULL DEFAULT '0000000000000000';

CREATE TABLE log_leaf (
  workspace_id uuid NOT NULL,
  seq bigint NOT NULL,
  id uuid NOT NULL,
  device uuid NOT NULL,
  n bigint NOT NULL,
  author uuid NOT NULL,
  kind text NOT NULL,
  record uuid NOT NULL,
  rank text NOT NULL,
  received timestamptz NOT NULL,
  -- Canonical bytes as they were hashed; never rebuilt.
  leaf bytea NOT NULL,
  body bytea,
  salt text,
  -- Whether the body was checked against its kind's schema and stands in the record. Kinds of a
  -- newer version are not; they wait for an update that knows them.
  folded boolean NOT NULL,
  -- Why the body was not folded, for its author; null when nothing is wrong with it.
  problem text,
  -- From here on the record may be read by all members, and was not before.
  reveals boolean NOT NULL DEFAULT false,
  PRIMARY KEY (workspace_id, seq),
  UNIQUE (workspace_id, id),
  UNIQUE (workspace_id, device, n)
);
CREATE INDEX log_leaf_record_idx ON log_leaf (workspace_id, record, seq);

-- What a device sent under a number or id that was taken already by another change (a restored
-- backup of a browser profile does that). Kept for a person to look at; no part of the log.
CREATE TABLE stray_change (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  envelope_hash text NOT NULL,
  device uuid NOT NULL,
  envelope bytea NOT NULL,
  body bytea,
  salt text,
  problem text NOT NULL,
  received timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id, envelope_hash)
);

-- Records as folded, kept up to date in the transaction that appends their leaves.
CREATE TABLE record (
  workspace_id uuid NOT NULL,
  kind text NOT NULL,
  id uuid NOT NULL,
  -- the fold's registers and origin
  state jsonb NOT NULL,
  -- the fields as they are read
  fields jsonb NOT NULL,
  visibility text NOT NULL CHECK (visibility IN ('workspace', 'managers')),
  author uuid NOT NULL,
  deleted boolean NOT NULL,
  -- When it was written down: writtenAt, or the rank of the first change. Compared as text.
  written text NOT NULL,
  -- Rank of the newest change.
  updated text NOT NULL,
  -- What it refers to, as ids; the interaction may be that of its first evidence.
  customer uuid,
  project uuid,
  interaction uuid,
  -- Its texts in lower case, for finding words.
  words text NOT NULL,
  PRIMARY KEY (workspace_id, kind, id)
);
CREATE INDEX record_written_idx ON record (workspace_id, written DESC, id DESC);
