-- Keys held by accumulators of quarters that are over: how many people there were stays.
DELETE FROM vault.open_people
 WHERE EXISTS (SELECT 1 FROM vault.open_series AS o
                WHERE o.factory = open_people.factory AND o.question = open_people.question AND o.quarter < $before)
