SELECT DISTINCT factory, question FROM closing_rows
