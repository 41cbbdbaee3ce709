-- Respondent keys of quarters that are fixed in a published release; $long_over: of any factory before that day.
-- 0 is "somebody": all of them count as one person from now on, so that none is ever counted twice.
UPDATE vault.answers SET person = 0
 WHERE person <> 0 AND day < $before AND load <= $last_load
   AND (day < $long_over
        OR (factory, CAST(date_trunc('quarter', day) AS DATE)) IN (SELECT (factory, quarter) FROM vault.quarters WHERE release <= $release))
