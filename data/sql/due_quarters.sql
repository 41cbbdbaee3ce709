SELECT DISTINCT quarter FROM due ORDER BY quarter
