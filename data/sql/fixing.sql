-- The factories of which this quarter is fixed now: those that have a cell. The others are still all history.
CREATE OR REPLACE TEMP TABLE fixing AS
SELECT DISTINCT d.factory
  FROM due AS d JOIN vault.begun AS b ON b.factory = d.factory
 WHERE d.quarter = $quarter
