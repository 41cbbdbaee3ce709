-- Sittings go under the same conditions as keys.
UPDATE vault.answers SET sitting = NULL
 WHERE sitting IS NOT NULL AND day < $before AND load <= $last_load
   AND (day < $long_over
        OR (factory, CAST(date_trunc('quarter', day) AS DATE)) IN (SELECT (factory, quarter) FROM vault.quarters WHERE release <= $release))
