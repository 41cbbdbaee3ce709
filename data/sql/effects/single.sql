-- Some actions and outcomes, each action held against placebos; all actions taken into account.
SELECT action_id, coalesce(indicator_id, theme, 'overall') AS outcome, effect, low, high, p
  FROM events
 WHERE codebook = $codebook AND list_contains($actions, action_id)
   AND list_contains($outcomes, coalesce(indicator_id, theme, 'overall'))
