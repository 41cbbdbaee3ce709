INSERT INTO release.meta
SELECT release, through, made_at, cells, closed_now, $method, $demo, $seamline
  FROM vault.releases WHERE release = $release
