-- Warnings about answers; $factories NULL: of all.
SELECT factory_id, kind, first_day AS "from", last_day AS "to", detail
  FROM flags
 WHERE $factories IS NULL OR list_contains($factories, factory_id)
 ORDER BY factory_id, kind, first_day
