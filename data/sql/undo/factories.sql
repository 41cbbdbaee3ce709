-- What a load said of factories: taken out where another load declared the factory too, or where nothing names it.
-- `$named` are the factories that the state store knows of.
DELETE FROM vault.factories AS f
 WHERE f.load = $load
   AND (EXISTS (SELECT 1 FROM vault.factories AS o WHERE o.factory = f.factory AND o.load <> $load)
        OR (f.factory NOT IN (SELECT factory FROM vault.answers)
            AND f.factory NOT IN (SELECT factory FROM vault.headcount)
            AND NOT list_contains($named, f.factory_id)))
