-- One row per series, fold day, quarter and key: the fold day on which that key was there before, in the same
-- quarter, in this run or in the accumulator carried from the last one.
SELECT s.factory, s.question, s.fold_day, s.quarter,
       coalesce(lag(s.fold_day) OVER (PARTITION BY s.factory, s.question, s.quarter, s.person ORDER BY s.fold_day),
                c.last) AS before
  FROM (SELECT DISTINCT factory, question, fold_day, quarter, person
          FROM closing_rows
         WHERE person IS NOT NULL) AS s
  LEFT JOIN carried_people AS c
    ON c.factory = s.factory AND c.question = s.question AND c.person = s.person AND c.quarter = s.quarter
 ORDER BY s.fold_day, s.factory, s.question
