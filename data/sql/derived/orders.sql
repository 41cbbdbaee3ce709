-- Every order as it stands, typed. What is dated after $through has not happened yet.
CREATE TEMP TABLE order_known AS
SELECT source, order_id, buyer_id, buyer_name, factory_id, CAST(placed_date AS DATE) AS placed,
       CAST(due_date AS DATE) AS due, CAST(original_due_date AS DATE) AS original,
       CAST(quantity AS DOUBLE) AS quantity, CAST(value_usd AS DOUBLE) AS value,
       lower(trim(coalesce(status, ''))) AS status,
       CASE WHEN CAST(shipped_date AS DATE) <= CAST($through AS DATE) THEN CAST(shipped_date AS DATE) END AS shipped,
       CAST(invoice_due_date AS DATE) AS invoice_due, CAST(paid_date AS DATE) AS paid,
       CASE WHEN CAST(cancelled_date AS DATE) <= CAST($through AS DATE)
            THEN CAST(cancelled_date AS DATE) END AS cancelled,
       CAST($through AS DATE) AS through
  FROM told_orders
