INSERT INTO effects.sums
SELECT codebook, level, nullif(theme, '') AS theme, nullif(indicator_id, '') AS indicator_id, kind, points, compared
  FROM estimated_sums
 ORDER BY codebook, level, theme, indicator_id, kind
