-- The mean effect of one kind on some outcomes: a question, a theme, or 'overall'.
SELECT coalesce(indicator_id, theme, 'overall') AS outcome, effect, low, high, verdict, events, factories, pretrend_p
  FROM kinds
 WHERE codebook = $codebook AND kind = $kind AND list_contains($outcomes, coalesce(indicator_id, theme, 'overall'))
