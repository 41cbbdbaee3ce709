-- How often each answer was given, by question, factory, part of the file, and wording. Parts hold about as many lines.
SELECT c.indicator_id, c.factory, p.part, p.first_line, coalesce(w.place, '') AS place, coalesce(w.wording, '') AS wording,
       c.level, count(*) AS n
  FROM checked_answers AS c
  JOIN (SELECT line, part, min(line) OVER (PARTITION BY part) AS first_line
          FROM (SELECT line, ntile($parts) OVER (ORDER BY line) AS part FROM sheet_lines) AS tiled) AS p ON p.line = c.line
  LEFT JOIN worded_answers AS w ON w.line = c.line AND w.indicator_id = c.indicator_id
 WHERE c.outcome <> 'rejected'
 GROUP BY ALL
 ORDER BY ALL
