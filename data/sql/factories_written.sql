INSERT INTO vault.factories
SELECT coalesce(k.factory, (SELECT coalesce(max(factory), 0) FROM vault.factories)
                + CAST(row_number() OVER (PARTITION BY k.factory IS NULL ORDER BY n.factory_id) AS INTEGER)),
       CAST(n.factory_id AS VARCHAR), CAST(n.name AS VARCHAR), CAST(n.country AS VARCHAR),
       CAST(n.sector AS VARCHAR), CAST(n.headcount AS INTEGER), CAST(n.latitude AS DOUBLE),
       CAST(n.longitude AS DOUBLE), CAST(n.joined_date AS DATE), CAST(n.os_id AS VARCHAR),
       CAST(n.owner_id AS VARCHAR), CAST(n.timezone AS VARCHAR), coalesce(k.public_id, n.fresh_id), $load,
       CAST(n.address AS VARCHAR)
  FROM new_factories AS n LEFT JOIN known_factories AS k ON k.factory_id = n.factory_id
