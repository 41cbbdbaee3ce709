-- One row per series and fold day: sittings without a key, each counting as one of the people.
SELECT factory, question, fold_day, CAST(count(*) AS INTEGER) AS people
  FROM closing_rows
 WHERE person IS NULL AND quarter = date_trunc('quarter', fold_day)
 GROUP BY factory, question, fold_day
 ORDER BY fold_day, factory, question
