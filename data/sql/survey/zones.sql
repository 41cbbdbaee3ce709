SELECT factory_id, timezone FROM known_factories
