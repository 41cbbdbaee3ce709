-- The adjustment of each factory and question before rounding: points = y - m, and d_w, by how much unequal
-- weights widen the variance (statistics A2.3, A2.4). A group in which one answer, from one end of the scale to
-- the other, could move the adjustment by more than $most_moved counts with its expected mean m + delta instead
-- of its own, and then weighs like everybody.
CREATE OR REPLACE TEMP TABLE adjusted AS
WITH groups AS (
    SELECT factory, question, m, share_work, share_told, m + delta AS expected,
           (ws + $group_prior * (m + delta)) / (wn + $group_prior) AS shrunk, wn / (wn + $group_prior) AS own,
           abs(share_work - share_told) * 100e0 / (wn + $group_prior) > $most_moved AS too_bare
      FROM strata_told
), weighed AS (
    SELECT factory, question, m, share_told,
           (share_work - share_told) * CASE WHEN too_bare THEN expected ELSE shrunk END AS part,
           CASE WHEN share_told = 0 OR too_bare THEN 1e0
                ELSE 1e0 + (share_work - share_told) / share_told * own END AS g
      FROM groups
)
SELECT factory, question, any_value(m) AS m,
       least(100e0, greatest(0e0, any_value(m) + sum(part))) - any_value(m) AS points,
       greatest(1e0, sum(share_told * g * g) / (sum(share_told * g) * sum(share_told * g))) AS d_w
  FROM weighed GROUP BY factory, question
