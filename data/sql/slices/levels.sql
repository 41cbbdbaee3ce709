-- One row per combination and dimension: the level that was said. Saying nothing is a level too.
CREATE OR REPLACE TEMP TABLE stratum_levels AS
WITH dims AS (
    SELECT 'gender' AS dim UNION SELECT 'department' UNION SELECT 'tenure_band'
     UNION SELECT DISTINCT unnest(map_keys(others)) FROM vault.strata
)
SELECT s.stratum, d.dim,
       coalesce(nullif(trim(CASE d.dim WHEN 'gender' THEN s.gender WHEN 'department' THEN s.department
                                       WHEN 'tenure_band' THEN s.tenure_band ELSE s.others[d.dim] END), ''),
                'not said') AS level
  FROM (SELECT DISTINCT ON (stratum) * FROM vault.strata) AS s CROSS JOIN dims AS d
