SELECT factory_id FROM known_factories WHERE owner_id = $owner ORDER BY factory_id
