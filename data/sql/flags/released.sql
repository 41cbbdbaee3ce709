-- One row per factory, kind and span: weeks of one kind that overlap or follow each other are one span.
INSERT INTO release.flags
WITH marked AS (
    SELECT *, max(last_week) OVER (PARTITION BY factory, kind ORDER BY first_week, last_week, sign
                                   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
      FROM vault.flags
), spans AS (
    SELECT *, sum(CASE WHEN reached IS NULL OR first_week > CAST(reached + INTERVAL 7 DAY AS DATE) THEN 1 ELSE 0 END)
              OVER (PARTITION BY factory, kind ORDER BY first_week, last_week, sign) AS span
      FROM marked
), signs AS (
    SELECT factory, kind, span, sign, min(first_week) AS first_week, max(last_week) AS last_week, min(band) AS band
      FROM spans GROUP BY factory, kind, span, sign
)
SELECT f.factory_id, s.kind, min(s.first_week), CAST(max(s.last_week) + INTERVAL 6 DAY AS DATE),
       string_agg(w.sentence, ' ' ORDER BY s.sign)
  FROM signs AS s
  JOIN flag_words AS w ON w.sign = s.sign AND w.band = s.band
  JOIN known_factories AS f ON f.factory = s.factory
 GROUP BY f.factory_id, s.kind, s.span
 ORDER BY f.factory_id, s.kind, min(s.first_week)
