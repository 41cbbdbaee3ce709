-- The codebooks with effects, the one with most cells first.
SELECT codebook FROM coverage GROUP BY codebook ORDER BY sum(cells) DESC, codebook
