-- The first month that may have to be decided: NULL when no cell has closed.
SELECT min(month) AS month
  FROM (SELECT month FROM split_closed WHERE month > DATE '0001-01-01'
        UNION ALL SELECT CAST($open_month AS DATE) FROM series_now) AS months
