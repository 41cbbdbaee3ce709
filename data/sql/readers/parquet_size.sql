-- How many rows a Parquet file says that it has.
SELECT sum(num_rows) AS rows FROM parquet_file_metadata($path)
