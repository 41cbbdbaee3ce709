-- One row per sitting, with what its answers have in common. Ordinal: scored, and of more than two values.
CREATE OR REPLACE TEMP TABLE flag_sittings AS
SELECT t.factory, t.sitting, min(t.day) AS day, max(t.person) AS person, count(*) AS n,
       sum(CAST(hash(t.question, t.level) AS HUGEINT)) AS vector,
       count(CASE WHEN q.scale <> 'yesno' AND q.role = 'scored' AND NOT q.is_vignette THEN 1 END) AS ordinal,
       count(DISTINCT CASE WHEN q.scale <> 'yesno' AND q.role = 'scored' AND NOT q.is_vignette THEN q.polarity END) AS polarities,
       count(DISTINCT CASE WHEN q.scale <> 'yesno' AND q.role = 'scored' AND NOT q.is_vignette THEN t.level END) AS levels,
       count(CASE WHEN q.role = 'scored' AND NOT q.is_vignette THEN 1 END) AS scored,
       min(CASE WHEN q.role = 'scored' AND NOT q.is_vignette THEN r.x END) AS worst,
       min(CASE WHEN q.role = 'integrity' THEN r.x END) AS freedom
  FROM flag_taken AS t
  JOIN vault.questions AS q ON q.question = t.question
  JOIN recoded AS r ON r.question = t.question AND r.level = t.level
 WHERE t.sitting IS NOT NULL
 GROUP BY t.factory, t.sitting
