-- What a load put into the vault: answers, head counts, factories and questions.
SELECT (SELECT count(*) FROM vault.answers WHERE load = $load) AS answers,
       (SELECT count(*) FROM vault.headcount WHERE load = $load) AS headcount,
       (SELECT count(*) FROM vault.factories WHERE load = $load) AS factories,
       (SELECT count(*) FROM vault.questions WHERE load = $load) AS questions
