-- Per factory and week: how many sat down, how many on the busiest day, and the most that gave the very same answers
-- on one day, $least_answers or more each. Answers without a sitting: the most to one question of a day.
CREATE OR REPLACE TEMP TABLE flag_weeks_now AS
WITH days AS (
    SELECT factory, day, sum(n) AS n
      FROM (SELECT factory, day, count(*) AS n FROM flag_sittings GROUP BY factory, day
            UNION ALL
            SELECT factory, day, max(n)
              FROM (SELECT factory, day, question, count(*) AS n
                      FROM flag_taken WHERE sitting IS NULL GROUP BY factory, day, question) AS loose
             GROUP BY factory, day) AS parts
     GROUP BY factory, day
), alike AS (
    SELECT factory, day, max(n) AS n
      FROM (SELECT factory, day, count(*) AS n
              FROM flag_sittings WHERE n >= $least_answers GROUP BY factory, day, n, vector) AS groups
     GROUP BY factory, day
)
SELECT d.factory, CAST(date_trunc('week', d.day) AS DATE) AS week, sum(d.n) AS sittings, max(d.n) AS busiest,
       max(coalesce(a.n, 1)) AS alike
  FROM days AS d
  LEFT JOIN alike AS a ON a.factory = d.factory AND a.day = d.day
 GROUP BY d.factory, CAST(date_trunc('week', d.day) AS DATE)
