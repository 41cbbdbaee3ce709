INSERT INTO effects.footprints
SELECT codebook, level, nullif(theme, '') AS theme, nullif(indicator_id, '') AS indicator_id, buyer_id, kind,
       worker_week_points, low, high, actions, factories, shared
  FROM estimated_footprints
 ORDER BY buyer_id, codebook, level, theme, indicator_id, kind, shared
