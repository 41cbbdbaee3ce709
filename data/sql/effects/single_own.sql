-- Some actions and outcomes, each action held against placebos; nothing told of any other action.
SELECT action_id, coalesce(indicator_id, theme, 'overall') AS outcome, effect, low, high, p
  FROM own_events
 WHERE codebook = $codebook AND list_contains($actions, action_id)
   AND list_contains($outcomes, coalesce(indicator_id, theme, 'overall'))
