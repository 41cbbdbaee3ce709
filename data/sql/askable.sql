-- Which question an indicator id in this load means: one of the load's own codebook if it brings any,
-- otherwise the default codebook's, otherwise the only one of that name. One row per indicator id.
CREATE OR REPLACE TEMP TABLE askable AS
SELECT indicator_id, question, codebook, scale, lowest, highest, candidates
  FROM (SELECT q.indicator_id, q.question, q.codebook, q.scale,
               CASE q.scale WHEN 'ordinal5' THEN 1 WHEN 'scale10' THEN 1 ELSE 0 END AS lowest,
               CASE q.scale WHEN 'yesno' THEN 1 WHEN 'ordinal5' THEN 5 WHEN 'scale4' THEN 4 ELSE 10 END AS highest,
               count(*) OVER (PARTITION BY q.indicator_id, r.rank) AS candidates,
               row_number() OVER (PARTITION BY q.indicator_id ORDER BY r.rank, q.question) AS choice
          FROM vault.questions AS q
          JOIN (SELECT question,
                       CASE WHEN list_contains($own, codebook) THEN 0
                            WHEN codebook = $standard THEN 1 ELSE 2 END AS rank
                  FROM vault.questions) AS r ON r.question = q.question) AS ranked
 WHERE choice = 1
