-- The names and types of a Parquet file's columns.
DESCRIBE SELECT * FROM read_parquet($path, hive_partitioning = false)
