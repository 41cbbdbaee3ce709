-- The codebook by which each of these factories was asked last; no row before its first cell.
WITH asked AS (
    SELECT factory_id, codebook, max(closed) AS last_day, sum(n) AS answers
      FROM cells
     WHERE list_contains($factories, factory_id)
     GROUP BY factory_id, codebook
)
SELECT factory_id, codebook
  FROM asked
QUALIFY row_number() OVER (PARTITION BY factory_id ORDER BY last_day DESC, answers DESC, codebook) = 1
