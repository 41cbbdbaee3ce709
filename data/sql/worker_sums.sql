-- Averaged answers of one worker to one question in a quarter: how many, their sum, their sum of squares.
CREATE OR REPLACE TEMP TABLE worker_sums AS
SELECT r.factory, r.codebook, r.question, r.person, CAST(count(*) AS DOUBLE) AS m, sum(r.x) AS s1, sum(r.x * r.x) AS s2
  FROM quarter_rows AS r
  JOIN fixing AS f ON f.factory = r.factory
 WHERE r.averaged AND r.person IS NOT NULL AND r.person <> 0
 GROUP BY r.factory, r.codebook, r.question, r.person
