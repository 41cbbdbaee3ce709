-- The keys counted in accumulators carried from the last run, of factories that have a cell, with the last day
-- of what is held. Early answers ($early) are folded apart from what is carried.
CREATE OR REPLACE TEMP TABLE carried_people AS
SELECT p.factory, p.question, p.person, o.quarter, o.last
  FROM vault.open_people AS p
  JOIN vault.open_series AS o ON o.factory = p.factory AND o.question = p.question
 WHERE p.factory IN (SELECT factory FROM vault.cells) AND NOT $early
