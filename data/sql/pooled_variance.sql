-- How much one answer differs from another at the same factory, pooled over factories: the variance that a
-- factory with few answers borrows (statistics A2.4, s2pool), from cells alone. To one digit: more would depend on
-- the order of the sum.
INSERT INTO release.facts
SELECT 'pooled_variance', codebook, indicator_id, round(sum(s2 - s1 * s1 / n) / greatest(sum(n) - count(*), 1), 1)
  FROM release.cells GROUP BY codebook, indicator_id ORDER BY codebook, indicator_id
