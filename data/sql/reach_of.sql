-- How many people took part at a factory in its latest quarter that may be told, or in its latest one.
SELECT quarter, people, sittings, headcount
  FROM reach WHERE factory_id = $factory
 ORDER BY people IS NULL, quarter DESC LIMIT 1
