-- What was done by a buyer ($buyer), at a factory ($factory), or by all, in a period; only buyers' actions are charged.
SELECT action_id, kind, kind_name, token, sign, factory_id, buyer_id, coalesce(buyer_name, actor_id, '') AS buyer_name,
       date, end_date, magnitude, coalesce(unit, '') AS unit, coalesce(note, '') AS note, severity,
       coalesce(rule, '') AS rule
  FROM actions
 WHERE actor_type = 'buyer' AND buyer_id IS NOT NULL AND date <= $last AND ($first IS NULL OR date >= $first)
   AND ($buyer IS NULL OR buyer_id = $buyer) AND ($factories IS NULL OR list_contains($factories, factory_id))
 ORDER BY date DESC, action_id
