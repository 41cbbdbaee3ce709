-- Due dates that moved later; and, where none did, goods shipped after the due date.
INSERT INTO found
SELECT o.source, o.order_id, 'shipment_postponed' AS kind, coalesce(d.moved, d.baseline) AS date,
       o.due - d.baseline AS magnitude, NULL AS end_date,
       CASE WHEN d.moved IS NULL THEN 'postponed' ELSE 'moved' END AS how, d.baseline AS earlier, o.due AS later,
       o.due - d.baseline AS days, NULL AS before, NULL AS after
  FROM order_known o
  JOIN order_due d ON d.source = o.source AND d.order_id = o.order_id
 WHERE d.baseline IS NOT NULL
 UNION ALL
SELECT o.source, o.order_id, 'shipment_late' AS kind, o.due AS date, o.shipped - o.due AS magnitude, NULL AS end_date,
       'shipped_late' AS how, o.due AS earlier, o.shipped AS later, o.shipped - o.due AS days, NULL AS before,
       NULL AS after
  FROM order_known o
  JOIN order_due d ON d.source = o.source AND d.order_id = o.order_id
 WHERE d.baseline IS NULL AND o.shipped > o.due
