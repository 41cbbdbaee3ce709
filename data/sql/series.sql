-- What a factory's cells say in each of some stretches of days. A cell counts by the share of its days that
-- lie in the stretch. Grain: one row per stretch and scored indicator; stretches without a cell are absent.
WITH stretches AS (
    SELECT unnest($places) AS place, unnest($firsts) AS first_day, unnest($lasts) AS last_day
), shared AS (
    SELECT s.place, c.indicator_id, c.n, c.s1, c.s2,
           (date_diff('day', greatest(c.opened, s.first_day), least(c.closed, s.last_day)) + 1e0)
           / (date_diff('day', c.opened, c.closed) + 1e0) AS w
      FROM cells AS c JOIN stretches AS s ON c.opened <= s.last_day AND c.closed >= s.first_day
     WHERE c.factory_id = $factory AND c.codebook = $codebook
)
SELECT place, indicator_id, sum(w * s1) / sum(w * n) AS m,
       greatest(0e0, sum(w * s2) / sum(w * n) - (sum(w * s1) / sum(w * n)) * (sum(w * s1) / sum(w * n))) AS spread,
       sum(w * n) * sum(w * n) / sum(w * w * n) AS n_eff, sum(w * n) AS answers
  FROM shared GROUP BY place, indicator_id ORDER BY place, indicator_id
