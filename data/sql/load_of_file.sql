-- The loads that brought this very file from this source since a moment, the first one in front.
SELECT f.load
  FROM vault.files AS f JOIN vault.loads AS l ON l.load = f.load
 WHERE f.hash = $hash AND f.name = $file AND coalesce(f.source, '') = $source AND l.loaded_at >= $since
 ORDER BY f.load
