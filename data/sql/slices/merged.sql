-- Which levels are merged, for ever. Levels of fewer than 30 answers a month, or 15 people, are put together; if
-- that is only one, or still too few, the next smallest joins. Where this would leave a single group, 30 answers
-- since the beginning are enough. Beside a level of fewer than 10 people there must be 10 others, or that level would
-- be nearly all of it. Silence always has a place, and levels first heard later go there too.
CREATE OR REPLACE TEMP TABLE merging_now AS
WITH heard AS (
    SELECT a.factory, a.codebook, a.unit, a.dim, w.level, w.n, w.since
      FROM slices_asked AS a
      JOIN waiting_now AS w
        ON w.factory = a.factory AND w.codebook = a.codebook AND w.dim = a.dim AND a.unit IN (w.theme, 'overall')
    UNION ALL
    SELECT factory, codebook, unit, dim, 'not said', 0, CAST($month AS DATE) FROM slices_asked
), sized AS (
    SELECT h.factory, h.codebook, h.unit, h.dim, h.level, sum(h.n) AS n, coalesce(max(p.people), 0) AS people,
           min(min(h.since)) OVER (PARTITION BY h.factory, h.codebook, h.unit, h.dim) AS since
      FROM heard AS h
      LEFT JOIN slices_people AS p
        ON p.factory = h.factory AND p.codebook = h.codebook AND p.unit = h.unit AND p.dim = h.dim AND p.level = h.level
     GROUP BY h.factory, h.codebook, h.unit, h.dim, h.level
), measured AS (
    SELECT s.*, t.step, t.least, CASE WHEN s.n < t.least OR s.people < 15 THEN 0 ELSE 1 END AS large
      FROM (SELECT *, date_diff('month', since, CAST($month AS DATE)) + 1 AS months FROM sized) AS s
     CROSS JOIN LATERAL (SELECT 1 AS step, 30 * s.months AS least UNION ALL SELECT 2, 30) AS t
), placed AS (
    SELECT *, sum(1 - large) OVER (PARTITION BY factory, codebook, unit, dim, step) AS small,
           row_number() OVER in_order AS place, sum(n) OVER in_order AS n_so_far,
           sum(people) OVER in_order AS people_so_far,
           max(CASE WHEN people < 10 THEN people ELSE 0 END) OVER in_order AS few_so_far
      FROM measured
    WINDOW in_order AS (PARTITION BY factory, codebook, unit, dim, step ORDER BY large, n, level
                        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
), cut AS (
    SELECT factory, codebook, unit, dim, step, max(place) AS levels,
           CASE WHEN max(small) > 0
                THEN coalesce(min(CASE WHEN place >= greatest(small, 2) AND n_so_far >= least
                                        AND people_so_far >= 15 AND people_so_far - few_so_far >= 10 THEN place END),
                              max(place))
                ELSE 0 END AS places
      FROM placed
     GROUP BY factory, codebook, unit, dim, step
), chosen AS (
    SELECT factory, codebook, unit, dim, coalesce(min(CASE WHEN places < levels THEN step END), 2) AS step
      FROM cut
     GROUP BY factory, codebook, unit, dim
)
SELECT * FROM merging_now
UNION ALL
SELECT p.factory, p.codebook, p.unit, p.dim, p.level,
       CASE WHEN p.place > c.places THEN p.level
            ELSE string_agg(p.level, ' or ' ORDER BY CASE WHEN p.level = 'not said' THEN 1 ELSE 0 END, p.level)
                 OVER (PARTITION BY p.factory, p.codebook, p.unit, p.dim, p.place > c.places) END AS merged
  FROM placed AS p
  JOIN cut AS c
    ON c.factory = p.factory AND c.codebook = p.codebook AND c.unit = p.unit AND c.dim = p.dim AND c.step = p.step
  JOIN chosen AS h
    ON h.factory = p.factory AND h.codebook = p.codebook AND h.unit = p.unit AND h.dim = p.dim AND h.step = p.step
