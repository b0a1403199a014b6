-- From here on every table is keyed by its workspace first, no foreign key crosses a workspace, and
-- nothing is numbered by a database sequence.

-- One per organization, with its id. The name is the organization's.
CREATE TABLE workspace (
  id uuid PRIMARY KEY,
  -- Changes when history is restored or replaced: devices then resync and push again.
  epoch uuid NOT NULL,
  -- Number of leaves: the next leaf's seq, taken by UPDATE … RETURNING inside the transaction.
  seq bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- A browser profile, or the console on behalf of one member. Tokens are kept as SHA-256 only.
CREATE TABLE device (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  name text NOT NULL,
  kind text NOT NULL DEFAULT 'browser' CHECK (kind IN ('browser', 'console')),
  -- null: revoked, or the console's, which signs in with nothing
  token_hash bytea,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz,
  revoked_at timestamptz,
  -- console: where its chain stands, since the server seals for it
  chain jsonb,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX device_token_hash_idx ON device (token_hash);
CREATE INDEX device_member_idx ON device (workspace_id, member_id);

-- Links that work once: claiming the first admin (setup) and joining (invitation).
CREATE TABLE link (
  workspace_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('setup', 'invitation')),
  -- setup: the member to be claimed
  member_id uuid,
  email text,
  role text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (workspace_id, token_hash)
);
CREATE INDEX link_token_hash_idx ON link (token_hash);
