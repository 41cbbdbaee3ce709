INSERT INTO effects.profiles
SELECT codebook, level, nullif(theme, '') AS theme, nullif(indicator_id, '') AS indicator_id, kind, lag, effect,
       low, high
  FROM estimated_profiles
 ORDER BY codebook, level, theme, indicator_id, kind, lag
