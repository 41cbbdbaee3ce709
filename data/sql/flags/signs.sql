-- Every sitting that can show a sign, and whether it does. Straight-lining shows in $least_answers ordinal answers of
-- both polarities; coaching in as many scored answers; being watched or told what to say in the integrity questions.
CREATE OR REPLACE TEMP TABLE flag_signs AS
SELECT factory, sign, CAST(date_trunc('quarter', day) AS DATE) AS quarter, CAST(date_trunc('week', day) AS DATE) AS week,
       person, hit
  FROM (SELECT factory, 'same' AS sign, day, person, levels = 1 AS hit
          FROM flag_sittings WHERE ordinal >= $least_answers AND polarities = 2
        UNION ALL
        SELECT factory, 'best', day, person, worst = 100 FROM flag_sittings WHERE scored >= $least_answers
        UNION ALL
        SELECT factory, 'told', day, person, freedom < 50 FROM flag_sittings WHERE freedom IS NOT NULL) AS shown
