-- One row per series, fold day and value, with the newest quarter in which it was given.
SELECT factory, question, fold_day, level, CAST(count(*) AS INTEGER) AS n,
       min(span_day) AS first_day, max(span_day) AS last_day, max(quarter) AS quarter
  FROM closing_rows
 GROUP BY factory, question, fold_day, level
 ORDER BY fold_day, factory, question, level
