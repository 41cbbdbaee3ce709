-- How many people took part at a factory in one quarter; no row where that is not told.
SELECT people FROM reach WHERE factory_id = $factory AND quarter = $quarter AND people IS NOT NULL
