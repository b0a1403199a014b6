-- Reviews that are being written. Nobody's but their reviewer's before they are finished, so no part
-- of the log: then all of it goes into the log at once, and the row goes.
CREATE TABLE review_draft (
  workspace_id uuid NOT NULL,
  -- The id that the review will have.
  id uuid NOT NULL,
  audit_id uuid NOT NULL,
  unit text NOT NULL,
  subject uuid NOT NULL,
  reviewer uuid NOT NULL,
  blind boolean NOT NULL,
  -- The versions that it is scored by, in their order; a newer one changes nothing here.
  standards uuid[] NOT NULL,
  -- domain/reviews.ts, DraftContent
  content jsonb NOT NULL,
  -- Counts up with each writing: who writes says which one it was written over.
  seen bigint NOT NULL,
  started_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, audit_id, subject, reviewer)
);

SELECT workspace_wall('review_draft');
