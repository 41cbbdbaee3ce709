INSERT INTO effects.events
SELECT codebook, level, nullif(theme, '') AS theme, nullif(indicator_id, '') AS indicator_id, action_id, effect,
       low, high, p
  FROM estimated_events
 ORDER BY action_id, codebook, level, theme, indicator_id
