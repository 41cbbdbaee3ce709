-- Every staged answer with what becomes of it. Identity (FORMATS §1): the sitting and the question; without
-- a sitting, the whole row, the source, and its ordinal among identical rows of the file. All keyed.
CREATE OR REPLACE TEMP TABLE checked_answers AS
WITH parsed AS (
    SELECT s.*, f.factory, q.question, q.codebook, q.scale, q.lowest, q.highest, q.candidates,
           list_contains($refused, s.indicator_id) AS refused,
           try_cast(CASE WHEN regexp_full_match(s.date, '\d{4}-\d{2}-\d{2}([T ].*)?')
                         THEN left(s.date, 10) END AS DATE) AS day,
           try_cast(s.value AS DOUBLE) AS number
      FROM staged_answers AS s
      LEFT JOIN known_factories AS f ON f.factory_id = s.factory_id
      LEFT JOIN askable AS q ON q.indicator_id = s.indicator_id
), judged AS (
    SELECT *,
           CASE
           WHEN factory_id IS NULL THEN 'factory_id is empty'
           WHEN factory IS NULL THEN 'factory ''' || left(factory_id, 60) || ''' is not declared in factories'
           WHEN date IS NULL THEN 'date is empty'
           WHEN day IS NULL THEN 'date ''' || left(date, 60) || ''' is not a date; write YYYY-MM-DD'
           WHEN day < DATE '2000-01-01' OR day > $latest
           THEN 'date ''' || left(date, 60) || ''' is not a day on which anybody can have answered'
           WHEN indicator_id IS NULL THEN 'indicator_id is empty'
           WHEN refused THEN 'indicator ''' || left(indicator_id, 60) || ''' was rejected in indicators'
           WHEN question IS NULL THEN 'indicator ''' || left(indicator_id, 60) || ''' is in no codebook that is known here'
           WHEN candidates > 1 THEN 'indicator ''' || left(indicator_id, 60) || ''' is in several codebooks; load it with its own'
           WHEN value IS NULL THEN 'value is empty'
           WHEN number IS NULL THEN 'value ''' || left(value, 60) || ''' is not a number'
           WHEN number <> floor(number) OR number < lowest OR number > highest
           THEN 'value ''' || left(value, 60) || ''' is off the scale ' || scale || ', ' || lowest || ' to ' || highest
           END AS fault
      FROM parsed
), marked AS (
    SELECT *,
           sha256(concat_ws(chr(31), $key, 'content', factory_id, CAST(day AS VARCHAR), CAST(number AS VARCHAR))) AS content_hash,
           CASE WHEN submission_id IS NOT NULL
                THEN sha256(concat_ws(chr(31), $key, 'sitting', submission_id, codebook, indicator_id))
                ELSE sha256(concat_ws(chr(31), $key, 'row', $source, factory_id, CAST(day AS VARCHAR), codebook,
                            indicator_id, CAST(number AS VARCHAR), coalesce(lower(channel), ''), coalesce(gender, ''),
                            coalesce(department, ''), coalesce(tenure_band, ''), coalesce(respondent_key, ''),
                            coalesce(CAST(others AS VARCHAR), '')))
           END AS row_hash
      FROM judged
     WHERE fault IS NULL
), identified AS (
    SELECT m.*, md5_number(m.content_hash) AS content,
           CASE WHEN m.submission_id IS NOT NULL THEN md5_number(m.row_hash)
                ELSE md5_number(m.row_hash || chr(31)
                                || row_number() OVER (PARTITION BY m.row_hash, m.submission_id IS NULL ORDER BY m.line))
           END AS identity
      FROM marked AS m
), ranked AS (
    SELECT i.*, row_number() OVER (PARTITION BY i.identity ORDER BY i.line) AS place,
           first_value(i.content) OVER (PARTITION BY i.identity ORDER BY i.line) AS first_content,
           k.content AS known_content
      FROM identified AS i LEFT JOIN vault.identities AS k ON k.identity = i.identity AND NOT $blind
)
SELECT line, factory, question, day, CAST(number AS UTINYINT) AS level, lower(channel) AS channel, gender,
       department, tenure_band, others, submission_id, respondent_key, factory_id, indicator_id, value, identity, content,
       CASE WHEN known_content = content THEN 'already_present'
            WHEN known_content IS NOT NULL THEN 'rejected'
            WHEN place = 1 THEN 'accepted'
            WHEN first_content = content THEN 'already_present'
            ELSE 'rejected' END AS outcome,
       CASE WHEN known_content <> content OR (known_content IS NULL AND place > 1 AND first_content <> content)
            THEN 'sitting ''' || left(submission_id, 60) || ''' already answered ''' || left(indicator_id, 60) || ''' otherwise'
       END AS reason
  FROM ranked
UNION ALL
SELECT line, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, factory_id, indicator_id, value,
       NULL, NULL, 'rejected', fault
  FROM judged
 WHERE fault IS NOT NULL
