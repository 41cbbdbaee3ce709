-- Which factories are listed under which codebook. One without cells is listed under every codebook in use:
-- nothing tells few answers from none.
WITH asked AS (
    SELECT DISTINCT codebook, factory_id FROM cells WHERE closed <= $on
)
SELECT codebook, factory_id FROM asked
UNION
SELECT b.codebook, f.factory_id
  FROM factories AS f CROSS JOIN (SELECT DISTINCT codebook FROM cells) AS b
 WHERE f.factory_id NOT IN (SELECT factory_id FROM asked)
