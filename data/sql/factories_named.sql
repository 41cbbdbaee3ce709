SELECT factory_id, name, country, coalesce(sector, '') AS sector, headcount, joined_date, owner_id
  FROM factories
 WHERE $factories IS NULL OR list_contains($factories, factory_id)
 ORDER BY name, factory_id
