SELECT DISTINCT timezone FROM known_factories WHERE timezone IS NOT NULL ORDER BY timezone
