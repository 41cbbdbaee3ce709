-- Of the factories known, only those that exist for whoever sends this load.
DELETE FROM known_factories WHERE NOT list_contains($within, factory_id)
