-- Answers carried in an accumulator that closed in this run went into the first of its cells.
UPDATE vault.split_answers AS o
   SET month = c.month
  FROM (SELECT factory, question, arg_min(month, closed) AS month FROM split_closed GROUP BY factory, question) AS c
 WHERE o.month IS NULL AND c.factory = o.factory AND c.question = o.question
