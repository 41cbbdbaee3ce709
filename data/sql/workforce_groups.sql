-- The groups of each factory's workforce: gender x department x length of service, as far as the head count in
-- force says them. Heads of whom one of these is not said belong to no group. `stratum` names the same group at
-- every factory; a column that a factory does not count by is NULL, and then any answer fits it.
CREATE OR REPLACE TEMP TABLE workforce_groups AS
WITH held AS (
    SELECT h.factory, h.gender, h.department, h.tenure_band, h.headcount
      FROM vault.headcount AS h
      JOIN (SELECT factory, max(load) AS load FROM vault.headcount GROUP BY factory) AS latest
        ON latest.factory = h.factory AND latest.load = h.load
     WHERE h.headcount > 0
), counted_by AS (
    SELECT factory, count(gender) > 0 AS by_gender, count(department) > 0 AS by_department,
           count(tenure_band) > 0 AS by_tenure
      FROM held GROUP BY factory
), present AS (
    SELECT h.factory, h.gender, h.department, h.tenure_band, b.by_gender, b.by_department, b.by_tenure,
           CAST(sum(h.headcount) AS DOUBLE) AS heads
      FROM held AS h JOIN counted_by AS b ON b.factory = h.factory
     WHERE (b.by_gender OR b.by_department OR b.by_tenure)
       AND (h.gender IS NOT NULL OR NOT b.by_gender)
       AND (h.department IS NOT NULL OR NOT b.by_department)
       AND (h.tenure_band IS NOT NULL OR NOT b.by_tenure)
     GROUP BY h.factory, h.gender, h.department, h.tenure_band, b.by_gender, b.by_department, b.by_tenure
)
SELECT factory, gender, department, tenure_band, by_gender, by_department, by_tenure,
       dense_rank() OVER (ORDER BY gender, department, tenure_band) AS stratum,
       heads / sum(heads) OVER (PARTITION BY factory) AS share_work
  FROM present
