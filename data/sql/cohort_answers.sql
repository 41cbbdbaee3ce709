-- How many answers stand behind each score that `scores` gives, exactly: its cells by theme, and all together.
WITH counted AS (
    SELECT c.codebook, i.theme, c.factory_id, c.n
      FROM cells AS c
      JOIN indicators AS i ON i.codebook = c.codebook AND i.indicator_id = c.indicator_id
     WHERE i.role = 'scored' AND NOT i.zero_tolerance AND NOT i.is_vignette AND c.closed <= $on
       AND date_diff('day', c.closed, $on) + date_diff('day', c.opened, c.closed) / 2e0 <= 4 * $half_life
)
SELECT codebook, theme, factory_id, CAST(sum(n) AS BIGINT) AS answers FROM counted GROUP BY codebook, theme, factory_id
UNION ALL
SELECT codebook, $overall, factory_id, CAST(sum(n) AS BIGINT) FROM counted GROUP BY codebook, factory_id
