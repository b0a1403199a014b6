-- The reviews of a draw, and what was found, asked, said and done about a review: all of these are
-- few among the records, and read one review at a time.
CREATE INDEX record_audit_idx ON record (workspace_id, (fields->>'audit')) WHERE kind = 'review';
CREATE INDEX record_review_idx ON record (workspace_id, (fields->>'review'))
  WHERE kind IN ('finding', 'inquiry', 'dispute', 'improvement');
