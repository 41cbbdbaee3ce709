-- Cancelled orders. When production began is not recorded: shipped goods, and two thirds of the time from order to due
-- date, stand for it. Size: the order's share of the factory's mean order value a month, over the twelve months up to
-- the month in which it was placed (fewer where the orders known begin later); unknown where a value is.
INSERT INTO found
WITH months AS (
    SELECT factory_id, CAST(date_trunc('month', placed) AS DATE) AS month, sum(value) AS value,
           count(*) - count(value) AS unknown,
           min(CAST(date_trunc('month', placed) AS DATE)) OVER (PARTITION BY factory_id) AS first_month
      FROM order_known
     WHERE placed IS NOT NULL
     GROUP BY factory_id, CAST(date_trunc('month', placed) AS DATE)
),
usual AS (
    SELECT o.source, o.order_id,
           CASE WHEN sum(m.unknown) = 0 AND sum(m.value) > 0
                THEN sum(m.value) / least(12, date_diff('month', min(m.first_month), min(o.placed)) + 1) END AS value
      FROM order_known o
      JOIN months m ON m.factory_id = o.factory_id AND date_diff('month', m.month, o.placed) BETWEEN 0 AND 11
     WHERE o.cancelled IS NOT NULL
     GROUP BY o.source, o.order_id
),
judged AS (
    SELECT o.source, o.order_id, o.cancelled, o.placed, o.due, o.shipped, o.value,
           CASE WHEN o.shipped IS NOT NULL THEN 'cancelled_shipped'
                WHEN o.placed IS NULL OR o.due IS NULL OR o.due < o.placed THEN 'cancelled_undated'
                WHEN 3 * (o.cancelled - o.placed) >= 2 * (o.due - o.placed) THEN 'cancelled_advanced'
                ELSE 'cancelled_early' END AS how
      FROM order_known o
     WHERE o.cancelled IS NOT NULL
)
SELECT j.source, j.order_id,
       CASE WHEN j.how IN ('cancelled_shipped', 'cancelled_advanced') THEN 'order_cancelled_in_production'
            ELSE 'order_cancelled_before_production' END AS kind,
       j.cancelled AS date, round(1e2 * j.value / u.value) AS magnitude, NULL AS end_date, j.how,
       CASE WHEN j.how = 'cancelled_shipped' THEN j.shipped ELSE j.placed END AS earlier, j.due AS later,
       NULL AS days, NULL AS before, NULL AS after
  FROM judged j
  LEFT JOIN usual u ON u.source = j.source AND u.order_id = j.order_id
