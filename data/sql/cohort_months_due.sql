-- The calendar months over by $through that are not frozen, from that of the first cell on.
SELECT CAST(m.month AS DATE) AS month
  FROM (SELECT unnest(generate_series(date_trunc('month', min(closed)), CAST($through AS DATE), INTERVAL 1 MONTH)) AS month
          FROM vault.cells) AS m
 WHERE m.month + INTERVAL 1 MONTH <= CAST($through AS DATE) + INTERVAL 1 DAY
   AND m.month NOT IN (SELECT month FROM vault.cohort_months)
 ORDER BY m.month
