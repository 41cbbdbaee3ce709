-- One row per factory: how it was declared last.
CREATE OR REPLACE TEMP TABLE known_factories AS
SELECT * EXCLUDE (latest)
  FROM (SELECT f.*, row_number() OVER (PARTITION BY factory_id ORDER BY load DESC) AS latest FROM vault.factories AS f) AS ranked
 WHERE latest = 1
