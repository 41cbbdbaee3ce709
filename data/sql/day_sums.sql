-- One row per series, fold day and value.
SELECT factory, question, fold_day, level, CAST(count(*) AS INTEGER) AS n,
       min(span_day) AS first_day, max(span_day) AS last_day
  FROM closing_rows
 GROUP BY factory, question, fold_day, level
 ORDER BY fold_day, factory, question, level
