-- What an order was, one state after the other: the versions before, then what stands (until: the day it was replaced).
CREATE TEMP TABLE order_state AS
SELECT source, order_id, CAST(place AS BIGINT) AS place, CAST(due_date AS DATE) AS due,
       CAST(quantity AS DOUBLE) AS quantity,
       cancelled_date IS NOT NULL OR lower(trim(coalesce(status, ''))) IN ('cancelled', 'canceled') AS is_cancelled,
       CAST(replaced_on AS DATE) AS until
  FROM told_versions
 UNION ALL
SELECT source, order_id, CAST(9e18 AS BIGINT) AS place, CAST(due_date AS DATE) AS due,
       CAST(quantity AS DOUBLE) AS quantity,
       cancelled_date IS NOT NULL OR lower(trim(coalesce(status, ''))) IN ('cancelled', 'canceled') AS is_cancelled,
       CAST(NULL AS DATE) AS until
  FROM told_orders
