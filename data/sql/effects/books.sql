-- The codebooks that cells were asked with, the largest first.
SELECT codebook FROM cells GROUP BY codebook ORDER BY count(*) DESC, codebook
