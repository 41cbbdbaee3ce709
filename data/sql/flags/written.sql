INSERT INTO vault.flags
SELECT factory, kind, sign, first_week, last_week, band, $release
  FROM flags_now ORDER BY factory, kind, sign, first_week
