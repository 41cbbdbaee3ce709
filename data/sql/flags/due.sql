SELECT DISTINCT week FROM flag_signs ORDER BY week
