-- An action's effect at severity 1 summed over weeks 0..20, by outcome and kind.
SELECT coalesce(indicator_id, theme, 'overall') AS outcome, level, kind, points, compared
  FROM sums
 WHERE codebook = $codebook
   AND ($outcomes IS NULL OR list_contains($outcomes, coalesce(indicator_id, theme, 'overall')))
 ORDER BY outcome, kind
