SELECT release
  FROM (SELECT release, row_number() OVER (ORDER BY release DESC) AS age,
               row_number() OVER (PARTITION BY date_trunc('month', through) ORDER BY release DESC) AS place
          FROM vault.releases) AS ranked
 WHERE age > 14 AND place > 1
