-- Columns of lists and structures of a Parquet file, in the order of its rows.
SELECT COLUMNS(lambda name: list_contains($columns, name))
FROM read_parquet($path, hive_partitioning = false)
