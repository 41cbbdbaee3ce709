-- The answers that no run has taken in yet, as the fold wants them. Days come in order in every series.
--   A factory without a cell is all history: its answers are folded from the first one on.
--   Elsewhere an answer for a day that its series has passed is late: it joins the open accumulator on that
--   accumulator's last day, dated after the series' last cell.
--   Answers from before the factory's first cell are early: $early asks for them alone, by their own days; what
--   of them closed into no cell of this release is then taken in like all others.
CREATE OR REPLACE TEMP TABLE closing_rows AS
WITH taken AS (
    -- Three ways in, so that days and loads long taken in are never read again.
    SELECT factory, question, level, person, sitting, day, gender, department, tenure_band, others
      FROM vault.answers WHERE load > $last_load AND day <= $through
    UNION ALL
    SELECT factory, question, level, person, sitting, day, gender, department, tenure_band, others
      FROM vault.answers WHERE load <= $last_load AND day > $before AND day <= $through
    UNION ALL
    SELECT a.factory, a.question, a.level, a.person, a.sitting, a.day, a.gender, a.department, a.tenure_band, a.others
      FROM vault.answers AS a
      JOIN (SELECT DISTINCT factory FROM vault.factories
             WHERE factory NOT IN (SELECT factory FROM vault.cells WHERE release < $release)) AS n
        ON n.factory = a.factory
     WHERE a.load <= $last_load AND a.day <= $before AND a.day <= $through
), arrived AS (
    SELECT a.factory, a.question, a.level, a.person, a.day, o.last, c.closed, c.settled, a.sitting,
           hash(a.gender, a.department, a.tenure_band, a.others) AS stratum,
           coalesce(a.day < least(f.opened, coalesce(o.opened, f.opened)), FALSE) AS early
      FROM taken AS a
      JOIN vault.questions AS q ON q.question = a.question AND NOT q.zero_tolerance
      LEFT JOIN (SELECT factory, min(opened) AS opened FROM vault.cells WHERE release < $release GROUP BY factory) AS f
        ON f.factory = a.factory
      LEFT JOIN (SELECT factory, question, max(closed) AS closed,
                        max(CASE WHEN release = $release THEN closed END) AS settled
                   FROM vault.cells GROUP BY factory, question) AS c
        ON c.factory = a.factory AND c.question = a.question
      LEFT JOIN vault.open_series AS o
        ON o.factory = f.factory AND o.question = a.question
), dated AS (
    SELECT factory, question, level, person, day, last, stratum, CASE WHEN person IS NULL THEN sitting END AS sitting,
           CASE WHEN $early THEN day
                ELSE greatest(day, coalesce(CAST(closed + INTERVAL 1 DAY AS DATE), day)) END AS span_day
      FROM arrived
     WHERE CASE WHEN $early THEN early ELSE NOT early OR day > coalesce(settled, DATE '0001-01-01') END
)
SELECT factory, question, level, person, sitting, stratum, CAST(date_trunc('quarter', day) AS DATE) AS quarter, span_day,
       CASE WHEN $early THEN day ELSE greatest(span_day, coalesce(last, span_day)) END AS fold_day
  FROM dated
