-- Every buyer's footprint over all time and all its kinds: on questions, and on the whole, which names none.
SELECT buyer_id, indicator_id, worker_week_points, low, high, actions, factories
  FROM footprints
 WHERE codebook = $codebook AND level IN ('overall', $level) AND kind IS NULL AND NOT shared
 ORDER BY buyer_id, indicator_id NULLS FIRST
