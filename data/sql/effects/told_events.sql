-- Every action that can be told of, by one sort of outcome.
SELECT e.action_id, a.kind, a.factory_id, a.buyer_id, e.theme, e.indicator_id, e.effect, e.low, e.high, e.p
  FROM events AS e
  JOIN actions AS a ON a.action_id = e.action_id
 WHERE e.codebook = $codebook AND e.level = $level
 ORDER BY e.action_id, e.theme, e.indicator_id
