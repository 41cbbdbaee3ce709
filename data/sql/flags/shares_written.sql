INSERT INTO vault.flag_shares
SELECT factory, sign, first_week, last_week, CAST(hits AS DOUBLE) / n, $release
  FROM flag_shares_now ORDER BY factory, sign, last_week, first_week
