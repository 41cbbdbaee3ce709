-- How many people took part, by factory and quarter, from the quarter of the factory's first cell to the running
-- one; empty where it is not told.
INSERT INTO release.reach
WITH spans AS (
    SELECT b.factory, unnest(generate_series(min(b.quarter), date_trunc('quarter', CAST($through AS DATE)),
                                             INTERVAL 3 MONTH)) AS quarter
      FROM vault.begun AS b GROUP BY b.factory
), heads AS (
    SELECT h.factory, sum(h.headcount) AS headcount
      FROM vault.headcount AS h
      JOIN (SELECT factory, max(load) AS load FROM vault.headcount GROUP BY factory) AS latest
        ON latest.factory = h.factory AND latest.load = h.load
     GROUP BY h.factory
)
SELECT f.factory_id, CAST(sp.quarter AS DATE), r.people, r.effective_people, r.sittings,
       coalesce(f.headcount, CAST(h.headcount AS INTEGER)), r.covered
  FROM spans AS sp
  JOIN known_factories AS f ON f.factory = sp.factory
  LEFT JOIN vault.reach AS r ON r.factory = sp.factory AND r.quarter = sp.quarter
  LEFT JOIN heads AS h ON h.factory = sp.factory
 ORDER BY 1, 2
