-- Averaged answers of a quarter by factory, question and group of the workforce: wn of them, their sum ws, and
-- m, the mean of all answers to that question, also of those that say no group.
CREATE OR REPLACE TEMP TABLE stratum_sums AS
WITH told AS (
    SELECT factory, codebook, question, gender, department, tenure_band,
           CAST(count(*) AS DOUBLE) AS wn, sum(x) AS ws
      FROM quarter_rows WHERE averaged
     GROUP BY factory, codebook, question, gender, department, tenure_band
), places AS (
    SELECT t.factory, t.gender, t.department, t.tenure_band, s.stratum
      FROM (SELECT DISTINCT factory, gender, department, tenure_band FROM told) AS t
      JOIN workforce_groups AS s
        ON s.factory = t.factory AND (s.gender = t.gender OR NOT s.by_gender)
       AND (s.department = t.department OR NOT s.by_department) AND (s.tenure_band = t.tenure_band OR NOT s.by_tenure)
), means AS (
    SELECT factory, question, sum(ws) / sum(wn) AS m FROM told GROUP BY factory, question
), placed AS (
    SELECT t.factory, t.codebook, t.question, p.stratum, sum(t.wn) AS wn, sum(t.ws) AS ws
      FROM told AS t
      JOIN places AS p
        ON p.factory = t.factory AND p.gender IS NOT DISTINCT FROM t.gender
       AND p.department IS NOT DISTINCT FROM t.department AND p.tenure_band IS NOT DISTINCT FROM t.tenure_band
     GROUP BY t.factory, t.codebook, t.question, p.stratum
)
SELECT p.factory, p.codebook, p.question, p.stratum, p.wn, p.ws, m.m
  FROM placed AS p JOIN means AS m ON m.factory = p.factory AND m.question = p.question
