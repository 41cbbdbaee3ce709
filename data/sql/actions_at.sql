-- What was done at a factory, oldest first; $buyer NULL: by everybody.
SELECT action_id, kind, kind_name, token, sign, date, end_date, coalesce(buyer_id, '') AS buyer_id,
       coalesce(buyer_name, actor_id, '') AS buyer_name, magnitude, unit, coalesce(note, '') AS note, severity,
       coalesce(rule, '') AS rule
  FROM actions
 WHERE factory_id = $factory AND ($buyer IS NULL OR buyer_id = $buyer)
 ORDER BY date, action_id
