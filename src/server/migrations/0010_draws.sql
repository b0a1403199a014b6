-- What a draw is replayed from, beside its record in the log (docs/drawing.md).

CREATE TABLE draw (
  workspace_id uuid NOT NULL,
  audit_id uuid NOT NULL,
  -- 32 bytes; told to nobody before the draw
  nonce bytea NOT NULL,
  -- The list whose hash was announced: a line for each member, "id TAB stratum LF".
  population text NOT NULL,
  PRIMARY KEY (workspace_id, audit_id)
);

SELECT workspace_wall('draw');
