INSERT INTO release.facts
SELECT CAST(fact AS VARCHAR), CAST(codebook AS VARCHAR), NULL, value FROM likeness_now ORDER BY 1, 2
