-- The least that any reading of all cells costs; benchmarks measure against it.
SELECT factory_id, sum(s1) FROM cells GROUP BY factory_id
