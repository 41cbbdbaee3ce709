INSERT INTO vault.headcount
SELECT f.factory, s.gender, s.department, s.tenure_band, s.others, CAST(k.headcount AS INTEGER), $load
  FROM kept_headcount AS k
  JOIN staged_headcount AS s ON s.line = k.line
  JOIN known_factories AS f ON f.factory_id = s.factory_id
