INSERT INTO effects.kinds
SELECT codebook, level, nullif(theme, '') AS theme, nullif(indicator_id, '') AS indicator_id, kind, effect, low,
       high, p, q_bh, q_by, verdict, events, factories, pretrend_p
  FROM estimated_kinds
 ORDER BY codebook, level, theme, indicator_id, kind
