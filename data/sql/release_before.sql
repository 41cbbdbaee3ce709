-- The release before this one, if it was made for a day of the same month.
SELECT b.release
  FROM vault.releases AS b JOIN vault.releases AS r ON r.release = $release
 WHERE b.release = r.release - 1 AND date_trunc('month', b.through) = date_trunc('month', r.through)
