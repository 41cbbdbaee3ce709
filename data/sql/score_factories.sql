-- The factories with what a score needs to know of them on a day, one row each, by id.
--   people, sittings: of the quarters that the answers are from; K is that of the best quarter, as keys rotate
WITH reached AS (
    SELECT factory_id, max(people) AS people, max(effective_people) AS effective, sum(sittings) AS sittings,
           max(headcount) AS headcount, max(covered) AS covered
      FROM reach
     WHERE quarter <= $on AND date_diff('day', quarter, $on) <= $oldest * $half_life + 92
     GROUP BY factory_id
)
SELECT f.factory_id, f.country, f.sector, coalesce(r.headcount, f.headcount) AS headcount,
       r.people, r.effective, CAST(r.sittings AS BIGINT) AS sittings, r.covered / 1e2 AS covered
  FROM factories AS f
  LEFT JOIN reached AS r ON r.factory_id = f.factory_id
 ORDER BY f.factory_id
