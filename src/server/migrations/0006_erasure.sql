-- Following, erasure and retention (SPEC 12, 14).

-- Which customers' records a member's devices get. Private to the member, so no part of the log.
CREATE TABLE follow (
  workspace_id uuid NOT NULL,
  member_id uuid NOT NULL,
  mode text NOT NULL CHECK (mode IN ('all', 'chosen')),
  customers uuid[] NOT NULL,
  PRIMARY KEY (workspace_id, member_id)
);

-- What may never come back: later changes to these records keep their envelope only.
CREATE TABLE erased (
  workspace_id uuid NOT NULL,
  record uuid NOT NULL,
  kind text NOT NULL,
  -- leaf of the erasure change
  seq bigint NOT NULL,
  PRIMARY KEY (workspace_id, record, kind)
);
CREATE INDEX erased_seq_idx ON erased (workspace_id, seq);

-- Leaves the device has kept, as it said last: whether it has heard of an erasure.
ALTER TABLE device ADD COLUMN cursor bigint;

-- A member who left: signs in no more, and comes back by the same act.
ALTER TABLE "member" ADD COLUMN "deactivatedAt" timestamptz;

-- A customer's records, and what hangs on an interaction.
CREATE INDEX record_customer_idx ON record (workspace_id, customer) WHERE customer IS NOT NULL;
CREATE INDEX record_interaction_idx ON record (workspace_id, interaction)
  WHERE interaction IS NOT NULL;
-- Whether the directory of customers has changed since a leaf.
CREATE INDEX log_leaf_directory_idx ON log_leaf (workspace_id, seq)
  WHERE kind IN ('customer', 'erasure');

SELECT workspace_wall('follow');
SELECT workspace_wall('erased');
