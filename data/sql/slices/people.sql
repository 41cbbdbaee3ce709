-- How many people stand behind each level of the units in question: distinct keys of one quarter (keys rotate),
-- among answers that were given in the running quarter, and went into cells in it. A sitting without a key is one.
-- Units and merged levels are numbered first, so that the many answers are joined by numbers alone.
-- `others`: of a level that was merged from several, the fewest people beside one of those that has fewer than 10
-- itself (NULL without such a one): those few must not be nearly all of it.
CREATE OR REPLACE TEMP TABLE slices_people AS
WITH quarter_rows AS (
    SELECT factory, question, stratum, who, month
      FROM split_rows WHERE month BETWEEN $quarter AND $month AND quarter = $quarter
    UNION ALL
    SELECT factory, question, stratum, who, month
      FROM vault.split_answers WHERE month BETWEEN $quarter AND $month AND quarter = $quarter
), numbered AS MATERIALIZED (
    SELECT row_number() OVER (ORDER BY factory, codebook, unit, dim) AS place, factory, codebook, unit, dim
      FROM slices_asked
), parts AS MATERIALIZED (
    SELECT a.place, a.factory, q.question, min(w.since) AS since
      FROM numbered AS a
      JOIN waiting_now AS w
        ON w.factory = a.factory AND w.codebook = a.codebook AND w.dim = a.dim AND a.unit IN (w.theme, 'overall')
      JOIN split_questions AS q ON q.codebook = w.codebook AND q.theme = w.theme
     GROUP BY a.place, a.factory, q.question
), levels AS MATERIALIZED (
    SELECT a.place, h.stratum, l.level AS part, coalesce(m.merged, o.merged, l.level) AS level
      FROM numbered AS a
      JOIN (SELECT DISTINCT factory, stratum FROM quarter_rows) AS h ON h.factory = a.factory
      JOIN stratum_levels AS l ON l.stratum = h.stratum AND l.dim = a.dim
      LEFT JOIN merging_now AS m
        ON m.factory = a.factory AND m.codebook = a.codebook AND m.unit = a.unit AND m.dim = a.dim AND m.level = l.level
      LEFT JOIN merging_now AS o
        ON o.factory = a.factory AND o.codebook = a.codebook AND o.unit = a.unit AND o.dim = a.dim
       AND o.level = 'not said'
), groups AS MATERIALIZED (
    SELECT place, stratum, level, dense_rank() OVER (ORDER BY place, level) AS number,
           dense_rank() OVER (ORDER BY place, level, part) AS part_number
      FROM levels
), said AS MATERIALIZED (
    SELECT p.place, r.stratum, r.who
      FROM quarter_rows AS r
      JOIN parts AS p ON p.factory = r.factory AND p.question = r.question AND r.month >= p.since
), counted AS (
    SELECT g.number, count(DISTINCT s.who) AS people
      FROM said AS s
      JOIN groups AS g ON g.place = s.place AND g.stratum = s.stratum
     GROUP BY g.number
), parts_counted AS (
    SELECT g.number, g.part_number, count(DISTINCT s.who) AS people
      FROM said AS s
      JOIN groups AS g ON g.place = s.place AND g.stratum = s.stratum
     GROUP BY g.number, g.part_number
), beside AS (
    SELECT c.number, min(c.people - p.people) AS others
      FROM counted AS c
      JOIN parts_counted AS p ON p.number = c.number
     WHERE p.people < 10
     GROUP BY c.number
)
SELECT a.factory, a.codebook, a.unit, a.dim, n.level, c.people, b.others
  FROM counted AS c
  LEFT JOIN beside AS b ON b.number = c.number
  JOIN (SELECT DISTINCT number, place, level FROM groups) AS n ON n.number = c.number
  JOIN numbered AS a ON a.place = n.place
