-- How those sums vary together, by outcome and pair of kinds.
SELECT coalesce(indicator_id, theme, 'overall') AS outcome, kind, other, covariance
  FROM covariances
 WHERE codebook = $codebook
   AND ($outcomes IS NULL OR list_contains($outcomes, coalesce(indicator_id, theme, 'overall')))
 ORDER BY outcome, kind, other
