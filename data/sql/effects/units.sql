-- The factories in a fixed order: their place is their number in the panel.
SELECT factory_id, coalesce(country, '') AS country, headcount FROM factories ORDER BY factory_id
