-- Following, erasure and retention.
SELECT 1;
