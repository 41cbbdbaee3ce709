SELECT * FROM known_factories
