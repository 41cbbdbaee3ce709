-- Units (themes, or $overall) whose first whole quarter is over and whose levels are not merged yet.
CREATE OR REPLACE TEMP TABLE slices_asked AS
SELECT u.factory, u.codebook, u.unit, u.dim
  FROM (SELECT factory, codebook, CASE WHEN $overall THEN 'overall' ELSE theme END AS unit, dim, min(since) AS since
          FROM waiting_now
         GROUP BY ALL) AS u
  LEFT JOIN (SELECT DISTINCT factory, codebook, unit, dim FROM merging_now) AS m
    ON m.factory = u.factory AND m.codebook = u.codebook AND m.unit = u.unit AND m.dim = u.dim
 WHERE u.since <= $quarter AND m.factory IS NULL
