SELECT table_name, column_name, data_type
  FROM duckdb_columns() WHERE database_name = 'release'
 ORDER BY table_name, column_index
