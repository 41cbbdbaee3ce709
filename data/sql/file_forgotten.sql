-- The load that brought this very file from this source, if its identities are wiped.
SELECT max(f.load)
  FROM vault.files AS f
 WHERE f.hash = $hash AND coalesce(f.source, '') = $source
   AND f.load <= (SELECT max(last_load) FROM vault.wipes WHERE what = 'row identities')
