-- Each order's agreed due date (the original one, else the first that was told), and from which day to which it moved:
-- `baseline` is the earlier date that the due date now lies after, `moved` the day on which it first did so.
CREATE TEMP TABLE order_due AS
WITH stated AS (
    SELECT source, order_id, place, due, until,
           lead(due) OVER (PARTITION BY source, order_id ORDER BY place) AS next_due
      FROM order_state
     WHERE due IS NOT NULL
),
dated AS (
    SELECT o.source, o.order_id, o.due, coalesce(o.original, min_by(s.due, s.place)) AS agreed,
           CASE WHEN o.original < o.due THEN o.original
                ELSE min_by(s.due, s.place) FILTER (WHERE s.until IS NOT NULL AND s.due < o.due) END AS baseline
      FROM order_known o
      LEFT JOIN stated s ON s.source = o.source AND s.order_id = o.order_id
     GROUP BY o.source, o.order_id, o.due, o.original
)
SELECT d.source, d.order_id, d.agreed, d.baseline, min(s.until) AS moved
  FROM dated d
  LEFT JOIN stated s
    ON s.source = d.source AND s.order_id = d.order_id AND s.due <= d.baseline AND s.next_due > d.baseline
 GROUP BY d.source, d.order_id, d.agreed, d.baseline
