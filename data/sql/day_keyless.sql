-- One row per series, fold day and quarter: sittings without a key, each counting as one of the people.
SELECT factory, question, fold_day, quarter, CAST(count(*) AS INTEGER) AS people
  FROM closing_rows
 WHERE person IS NULL
 GROUP BY factory, question, fold_day, quarter
 ORDER BY fold_day, factory, question, quarter
