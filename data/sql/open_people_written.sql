-- The keys counted in the accumulators that stay open, where it still matters who was there: from the tenth
-- person on it does not.
INSERT INTO vault.open_people
SELECT DISTINCT r.factory, r.question, r.person
  FROM closing_rows AS r
  JOIN vault.open_series AS o ON o.factory = r.factory AND o.question = r.question
 WHERE r.person IS NOT NULL AND r.fold_day >= o.since AND r.quarter = o.quarter AND o.best < 10 AND o.people < 10
UNION
SELECT c.factory, c.question, c.person
  FROM carried_people AS c
  JOIN vault.open_series AS o ON o.factory = c.factory AND o.question = c.question AND o.quarter = c.quarter
 WHERE o.since <= c.last AND o.best < 10 AND o.people < 10
