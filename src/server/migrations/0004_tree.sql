-- The Merkle tree over the log, and what devices signed.
SELECT 1;
