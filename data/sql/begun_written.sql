-- The quarter of the first cell, of factories that have theirs in this release or an older one than before.
INSERT INTO vault.begun
SELECT n.factory, n.quarter, $release
  FROM (SELECT factory, CAST(date_trunc('quarter', min(opened)) AS DATE) AS quarter
          FROM vault.cells WHERE release = $release GROUP BY factory) AS n
  LEFT JOIN (SELECT factory, min(quarter) AS quarter FROM vault.begun GROUP BY factory) AS b ON b.factory = n.factory
 WHERE b.factory IS NULL OR n.quarter < b.quarter
