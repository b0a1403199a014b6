-- Interactions by the person they were with: when somebody was heard of first and last is asked of a
-- few people, and a mail's row is large.
CREATE INDEX record_contact_idx ON record (workspace_id, (fields->>'contact'))
  WHERE kind = 'interaction' AND fields ? 'contact';
