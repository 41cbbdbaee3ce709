-- How many people stand behind each level of the units in question: distinct keys of one quarter (keys rotate),
-- among answers that were given in the running quarter, and went into cells in it. A sitting without a key is one.
CREATE OR REPLACE TEMP TABLE slices_people AS
WITH quarter_rows AS (
    SELECT factory, question, stratum, who, month
      FROM split_rows WHERE month BETWEEN $quarter AND $month AND quarter = $quarter
    UNION ALL
    SELECT factory, question, stratum, who, month
      FROM vault.split_answers WHERE month BETWEEN $quarter AND $month AND quarter = $quarter
), parts AS (
    SELECT w.factory, w.codebook, w.theme, w.dim, a.unit, min(w.since) AS since
      FROM waiting_now AS w
      JOIN slices_asked AS a
        ON a.factory = w.factory AND a.codebook = w.codebook AND a.dim = w.dim AND a.unit IN (w.theme, 'overall')
     GROUP BY ALL
), said AS (
    SELECT p.factory, p.codebook, p.unit, p.dim, l.level, r.who
      FROM quarter_rows AS r
      JOIN split_questions AS q ON q.question = r.question
      JOIN parts AS p ON p.factory = r.factory AND p.codebook = q.codebook AND p.theme = q.theme AND r.month >= p.since
      JOIN stratum_levels AS l ON l.stratum = r.stratum AND l.dim = p.dim
)
SELECT s.factory, s.codebook, s.unit, s.dim, coalesce(m.merged, o.merged, s.level) AS level,
       count(DISTINCT s.who) AS people
  FROM said AS s
  LEFT JOIN merging_now AS m
    ON m.factory = s.factory AND m.codebook = s.codebook AND m.unit = s.unit AND m.dim = s.dim AND m.level = s.level
  LEFT JOIN merging_now AS o
    ON o.factory = s.factory AND o.codebook = s.codebook AND o.unit = s.unit AND o.dim = s.dim AND o.level = 'not said'
 GROUP BY ALL
