-- Exports that take their time, those that are made again and again, and how people like theirs. None
-- of it is part of the log: that something was exported is (kind "export").

CREATE TABLE export_job (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  -- Whose it is, with whose rights it is made.
  member_id uuid NOT NULL,
  -- What the member was when it was made: who reads less by now does not get the file.
  role text NOT NULL,
  -- Of the schedule that asked for it; null: a person did.
  schedule_id uuid,
  -- exports/wish.ts, ExportWish
  wish jsonb NOT NULL,
  -- waiting | running | done | failed | cancelled
  state text NOT NULL,
  -- How often it was begun: a server that stopped leaves it to the next.
  tries integer NOT NULL DEFAULT 0,
  -- The server process that writes it, as long as it says so in time.
  runner uuid,
  lease_until timestamptz,
  -- Number of leaves when it was begun: what was erased from there on may stand in the file.
  size bigint,
  row_count bigint NOT NULL DEFAULT 0,
  -- null: not known beforehand
  row_total bigint,
  byte_count bigint NOT NULL DEFAULT 0,
  file_name text,
  content_type text,
  -- Of the whole file, in hex.
  sha256 text,
  -- The folder of exports that has it: servers may have one each.
  store uuid,
  -- Where it is in there.
  path text,
  -- For a person: why it failed.
  words text,
  created_at timestamptz NOT NULL,
  started_at timestamptz,
  ended_at timestamptz,
  -- null: of a schedule, which keeps its newest
  keep_until timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX export_job_open_idx ON export_job (workspace_id, created_at)
  WHERE state IN ('waiting', 'running');

CREATE TABLE export_schedule (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  -- With whose rights it is made: who made it, or changed what it is of.
  member_id uuid NOT NULL,
  name text NOT NULL,
  -- Of the name it had first, as a name of a folder.
  folder text NOT NULL,
  wish jsonb NOT NULL,
  -- day | week | month
  every text NOT NULL,
  -- Of a week 1–7 (Monday first), of a month 1–31 (its last day where it is shorter), of days 0
  on_day smallint NOT NULL,
  hour smallint NOT NULL,
  -- IANA name
  zone text NOT NULL,
  -- How many files stay.
  keep smallint NOT NULL,
  paused boolean NOT NULL,
  -- ISO 8601 date, in that zone, of the last time that was asked for or passed over.
  last_day text NOT NULL,
  -- The job of that time.
  last_job uuid,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, folder)
);

-- Which columns in which order, in which format: under a name.
CREATE TABLE export_choice (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  name text NOT NULL,
  -- With everybody in the workspace.
  shared boolean NOT NULL,
  wish jsonb NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);

SELECT workspace_wall('export_job');
SELECT workspace_wall('export_schedule');
SELECT workspace_wall('export_choice');
