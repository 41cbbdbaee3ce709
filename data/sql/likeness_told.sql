-- The sums of the newest four quarters in which a codebook has any; zero where it has none.
WITH ranked AS (
    SELECT *, dense_rank() OVER (PARTITION BY codebook ORDER BY quarter DESC) AS age FROM vault.likeness
)
SELECT b.codebook, coalesce(sum(r.repeated), 0) AS repeated, sum(r.within_squares) AS within_squares,
       sum(r.within_free) AS within_free, sum(r.between_squares) AS between_squares,
       sum(r.between_free) AS between_free, sum(r.between_size) AS between_size,
       coalesce(sum(r.paired), 0) AS paired, sum(r.products) AS products, sum(r.pairs) AS pairs
  FROM (SELECT DISTINCT codebook FROM vault.questions) AS b
  LEFT JOIN ranked AS r ON r.codebook = b.codebook AND r.age <= 4
 GROUP BY b.codebook ORDER BY b.codebook
