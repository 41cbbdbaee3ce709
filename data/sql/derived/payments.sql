-- Invoices paid more than $bank_days late, or not paid by then although the goods were shipped; and those paid
-- $early_days or more before they were due.
INSERT INTO found
WITH counted AS (
    SELECT source, order_id, invoice_due, paid, status, cancelled, through,
           least(coalesce(paid, through), through) - invoice_due AS days
      FROM order_known
)
SELECT source, order_id, 'payment_late' AS kind, invoice_due + 1 AS date, days AS magnitude,
       CASE WHEN paid <= through THEN paid END AS end_date,
       CASE WHEN paid <= through THEN 'paid_late' ELSE 'unpaid' END AS how, invoice_due AS earlier, through AS later,
       days, NULL AS before, NULL AS after
  FROM counted
 WHERE days > $bank_days AND (paid IS NOT NULL OR (status = 'shipped' AND cancelled IS NULL))
 UNION ALL
SELECT source, order_id, 'payment_early' AS kind, paid AS date, invoice_due - paid AS magnitude, NULL AS end_date,
       'paid_early' AS how, invoice_due AS earlier, paid AS later, invoice_due - paid AS days, NULL AS before,
       NULL AS after
  FROM counted
 WHERE invoice_due - paid >= $early_days
