-- The actions up to the release's last day, in a fixed order. Only what a buyer did is charged to one.
SELECT action_id, kind, factory_id, CASE WHEN actor_type = 'buyer' THEN buyer_id END AS buyer_id,
       date_diff('day', DATE '1970-01-01', date) AS day, severity
  FROM effects.actions
 WHERE date <= $through
 ORDER BY action_id
