-- Shares that are far above what is usual at the factory: the median of the newest $usual_shares before, held within
-- the bounds of the sign; `unknown` while there are fewer than $known_from.
CREATE OR REPLACE TEMP TABLE flags_now AS
WITH past AS (
    SELECT n.factory, n.sign, n.first_week, n.last_week, h.share,
           row_number() OVER (PARTITION BY n.factory, n.sign, n.first_week, n.last_week, n.n, n.hits
                              ORDER BY h.last_week DESC, h.first_week DESC, h.share) AS place
      FROM flag_shares_now AS n
      JOIN vault.flag_shares AS h ON h.factory = n.factory AND h.sign = n.sign AND h.last_week < n.last_week
), usual AS (
    SELECT factory, sign, first_week, last_week, median(share) AS share
      FROM past WHERE place <= $usual_shares
     GROUP BY factory, sign, first_week, last_week HAVING count(*) >= $known_from
), judged AS (
    SELECT n.factory, s.kind, n.sign, n.first_week, n.last_week, n.n, n.hits, s.least_share,
           CAST(n.hits AS DOUBLE) / n.n AS share,
           least(s.highest, greatest(s.lowest, coalesce(u.share, s.unknown))) AS usual
      FROM flag_shares_now AS n
      JOIN flag_rules AS s ON s.sign = n.sign
      LEFT JOIN usual AS u
        ON u.factory = n.factory AND u.sign = n.sign AND u.first_week = n.first_week AND u.last_week = n.last_week
)
SELECT DISTINCT factory, kind, sign, first_week, last_week,
       CASE WHEN share < 2e-1 THEN 0 WHEN 3 * hits < n THEN 1 ELSE 2 END AS band
  FROM judged
 WHERE hits >= $least_hits AND share >= least_share
   AND hits - n * usual > $far * sqrt(n * usual * (1 - usual))
