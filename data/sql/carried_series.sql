-- The accumulators carried from the last run, of factories that have a cell; the others start again.
SELECT factory, question, since, opened, last, best, quarter, people
  FROM vault.open_series
 WHERE factory IN (SELECT factory FROM vault.cells)
