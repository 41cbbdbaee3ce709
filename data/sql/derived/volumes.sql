-- Quantities raised or cut by $least_swing percent or more while the due date stayed; the first of each an order. What
-- is taken away by cancelling the order is told as that.
INSERT INTO found
WITH steps AS (
    SELECT source, order_id, place, due, quantity, until,
           lead(due) OVER following AS next_due, lead(quantity) OVER following AS next_quantity,
           lead(is_cancelled) OVER following AS next_cancelled
      FROM order_state
    WINDOW following AS (PARTITION BY source, order_id ORDER BY place)
)
SELECT source, order_id, CASE WHEN next_quantity > quantity THEN 'volume_raised' ELSE 'volume_cut' END AS kind,
       until AS date, round(1e2 * abs(next_quantity - quantity) / quantity) AS magnitude, NULL AS end_date,
       CASE WHEN next_quantity > quantity THEN 'raised' ELSE 'cut' END AS how, due AS earlier, until AS later,
       NULL AS days, quantity AS before, next_quantity AS after
  FROM steps
 WHERE until IS NOT NULL AND quantity > 0 AND due = next_due AND NOT next_cancelled
   AND 100 * abs(next_quantity - quantity) >= $least_swing * quantity
QUALIFY row_number() OVER (PARTITION BY source, order_id, next_quantity > quantity ORDER BY place) = 1
