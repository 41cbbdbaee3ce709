-- The share of each factory's workforce that is in groups (gender x department x length of service, as far as its
-- head count says them) of which somebody answered in the quarter. A factory whose groups nobody counted is absent.
CREATE OR REPLACE TEMP TABLE covered_counted AS
WITH told AS (
    SELECT DISTINCT factory, gender, department, tenure_band FROM quarter_rows
), heard AS (
    SELECT DISTINCT w.factory, w.stratum
      FROM workforce_groups AS w
      JOIN told AS t
        ON t.factory = w.factory AND (w.gender = t.gender OR NOT w.by_gender)
       AND (w.department = t.department OR NOT w.by_department)
       AND (w.tenure_band = t.tenure_band OR NOT w.by_tenure)
)
SELECT w.factory, sum(CASE WHEN h.stratum IS NULL THEN 0e0 ELSE w.share_work END) AS covered
  FROM workforce_groups AS w
  LEFT JOIN heard AS h ON h.factory = w.factory AND h.stratum = w.stratum
 GROUP BY w.factory
