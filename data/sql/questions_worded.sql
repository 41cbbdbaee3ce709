-- The questions of all codebooks but the default one.
SELECT indicator_id, text, scale FROM vault.questions WHERE codebook <> $standard ORDER BY question
