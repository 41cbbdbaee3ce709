-- What is told of the findings: nothing that lies ahead, nothing that was entered already (of the same order, or of no
-- named order within $near_days days), and each kind once an order, whichever source told of it first by name.
SELECT f.source, f.order_id, f.kind, f.date, f.magnitude, f.end_date, f.how, f.earlier, f.later, f.days, f.before,
       f.after, o.buyer_id, o.buyer_name, o.factory_id
  FROM found f
  JOIN order_known o ON o.source = f.source AND o.order_id = f.order_id
  JOIN kind_token t ON t.kind = f.kind
  ANTI JOIN told_actions a
    ON a.factory_id = o.factory_id AND a.order_id = f.order_id AND a.token = t.token
   AND (a.buyer_id IS NULL OR a.buyer_id = o.buyer_id)
  ANTI JOIN told_actions b
    ON b.factory_id = o.factory_id AND b.buyer_id = o.buyer_id AND b.token = t.token AND b.order_id IS NULL
   AND abs(CAST(b.date AS DATE) - f.date) <= $near_days
 WHERE f.date <= o.through
QUALIFY row_number() OVER (PARTITION BY f.order_id, o.buyer_id, o.factory_id, f.kind ORDER BY f.source) = 1
 ORDER BY o.factory_id, f.date, f.order_id, f.source, f.kind
