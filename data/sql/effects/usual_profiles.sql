-- The same by week, -4..12.
SELECT coalesce(indicator_id, theme, 'overall') AS outcome, lag, effect, low, high
  FROM profiles
 WHERE codebook = $codebook AND kind = $kind AND lag <= 12
   AND list_contains($outcomes, coalesce(indicator_id, theme, 'overall'))
 ORDER BY outcome, lag
