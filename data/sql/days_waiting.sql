-- The last day, over by now, whose answers no release has taken in; NULL when there is none, or when a release
-- was made on or after $since.
SELECT max(greatest(a.day, r.through)) AS day
  FROM vault.answers AS a
 CROSS JOIN (SELECT coalesce(max(through), DATE '1970-01-01') AS through, coalesce(max(last_load), 0) AS last_load,
                    coalesce(CAST(max(made_at) AS DATE), DATE '1970-01-01') AS made_on FROM vault.releases) AS r
 WHERE a.day <= $through AND (a.day > r.through OR a.load > r.last_load) AND r.made_on < $since
