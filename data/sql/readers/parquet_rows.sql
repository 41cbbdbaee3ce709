-- The rows of a Parquet file as text, in their order; what is longer than a field may be is cut one sign beyond that.
SELECT left(CAST(COLUMNS(lambda name: list_contains($columns, name)) AS VARCHAR), $most)
FROM read_parquet($path, hive_partitioning = false)
