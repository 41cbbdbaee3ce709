SELECT factory_id, country, sector, owner_id FROM factories ORDER BY factory_id
