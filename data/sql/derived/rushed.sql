-- Orders with a lead time shorter by $least_cut percent or more than the median of the year before: of the same buyer at
-- the factory, or, where that is fewer than $own_orders orders, of all its orders from $all_orders on. Where the
-- middle half of them does not lie within $most_spread percent of the median, lead times vary too much for one to be
-- usual. A lead time of no day at all is a slip of the pen and counts nowhere.
INSERT INTO found
WITH timed AS (
    SELECT o.source, o.order_id, o.buyer_id, o.factory_id, o.placed, d.agreed, d.agreed - o.placed AS lead_time
      FROM order_known o
      JOIN order_due d ON d.source = o.source AND d.order_id = o.order_id
     WHERE d.agreed > o.placed
),
compared AS (
    SELECT source, order_id, placed, agreed, lead_time,
           count(*) OVER own AS own_orders, quantile_cont(lead_time, [25e-2, 5e-1, 75e-2]) OVER own AS own_quartiles,
           count(*) OVER every AS all_orders, quantile_cont(lead_time, [25e-2, 5e-1, 75e-2]) OVER every AS all_quartiles
      FROM timed
    WINDOW own AS (PARTITION BY factory_id, buyer_id ORDER BY placed
                   RANGE BETWEEN INTERVAL 365 DAY PRECEDING AND INTERVAL 1 DAY PRECEDING),
           every AS (PARTITION BY factory_id ORDER BY placed
                     RANGE BETWEEN INTERVAL 365 DAY PRECEDING AND INTERVAL 1 DAY PRECEDING)
),
chosen AS (
    SELECT source, order_id, placed, agreed, lead_time, own_orders, own_orders >= $own_orders AS is_own,
           CASE WHEN own_orders >= $own_orders THEN own_quartiles
                WHEN all_orders >= $all_orders THEN all_quartiles END AS quartiles
      FROM compared
),
usual AS (
    SELECT source, order_id, placed, agreed, lead_time, own_orders, is_own, quartiles[2] AS standard
      FROM chosen
     WHERE 100 * quartiles[1] >= (100 - $most_spread) * quartiles[2]
       AND 100 * quartiles[3] <= (100 + $most_spread) * quartiles[2]
)
SELECT source, order_id, 'rush_order' AS kind, placed AS date, round(1e2 * (standard - lead_time) / standard) AS magnitude,
       NULL AS end_date, CASE WHEN is_own THEN 'rushed' ELSE 'rushed_here' END AS how, placed AS earlier, agreed AS later,
       lead_time AS days, standard AS before, own_orders AS after
  FROM usual
 WHERE 100 * lead_time <= (100 - $least_cut) * standard
