-- Some actions and outcomes, each action held against placebos: by itself ($own), or with all others taken into
-- account.
SELECT action_id, coalesce(indicator_id, theme, 'overall') AS outcome, effect, low, high, p
  FROM (SELECT *, FALSE AS own FROM events UNION ALL SELECT *, TRUE AS own FROM own_events) AS told
 WHERE own = $own AND codebook = $codebook AND list_contains($actions, action_id)
   AND list_contains($outcomes, coalesce(indicator_id, theme, 'overall'))
