-- How alike the answers of one worker are, as sums that can be added up over factories and quarters.
--   One question asked again: squares within and between workers (one-way analysis of variance by factory and
--   question), each in units of that question's own variance, so that no scale counts for more than another.
--   Different questions: products of standard scores of one worker's answers to two questions.
INSERT INTO vault.likeness
WITH asked AS (
    SELECT factory, codebook, question, sum(m) AS n, count(*) AS workers, sum(m * m) AS squares, sum(s1) AS s1,
           sum(s2) - sum(s1) * sum(s1) / sum(m) AS spread, sum(s2 - s1 * s1 / m) AS inner_squares,
           count(CASE WHEN m > 1 THEN 1 END) AS repeated
      FROM worker_sums GROUP BY factory, codebook, question
     HAVING sum(m) >= $least_answers AND sum(s2) - sum(s1) * sum(s1) / sum(m) > 1e-6
), again AS (
    SELECT codebook, sum(repeated) AS repeated, sum(inner_squares * (n - 1) / spread) AS within_squares,
           sum(n - workers) AS within_free, sum((spread - inner_squares) * (n - 1) / spread) AS between_squares,
           sum(workers - 1) AS between_free, sum(n - squares / n) AS between_size
      FROM asked WHERE n > workers AND workers > 1 GROUP BY codebook
), scored AS (
    SELECT w.factory, w.codebook, w.person, w.m, (w.s1 - w.m * a.s1 / a.n) / sqrt(a.spread / (a.n - 1)) AS z
      FROM worker_sums AS w
      JOIN asked AS a ON a.factory = w.factory AND a.question = w.question
), workers AS (
    SELECT factory, codebook, sum(z) * sum(z) - sum(z * z) AS products, sum(m) * sum(m) - sum(m * m) AS pairs
      FROM scored GROUP BY factory, codebook, person HAVING count(*) > 1
), across AS (
    SELECT codebook, count(*) AS paired, sum(products) AS products, sum(pairs) AS pairs FROM workers GROUP BY codebook
)
SELECT $quarter, coalesce(a.codebook, p.codebook), coalesce(a.repeated, 0), coalesce(a.within_squares, 0e0),
       coalesce(a.within_free, 0e0), coalesce(a.between_squares, 0e0), coalesce(a.between_free, 0e0),
       coalesce(a.between_size, 0e0), coalesce(p.paired, 0), coalesce(p.products, 0e0), coalesce(p.pairs, 0e0), $release
  FROM again AS a FULL JOIN across AS p ON p.codebook = a.codebook
