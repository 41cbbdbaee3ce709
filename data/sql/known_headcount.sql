-- The head counts in force: of each factory, those of its latest load.
SELECT f.factory_id, h.gender, h.department, h.tenure_band, h.others, CAST(h.headcount AS DOUBLE) AS headcount
  FROM vault.headcount AS h
  JOIN (SELECT factory, max(load) AS load FROM vault.headcount GROUP BY factory) AS latest
    ON latest.factory = h.factory AND latest.load = h.load
  JOIN known_factories AS f ON f.factory = h.factory
