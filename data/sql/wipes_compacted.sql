UPDATE fresh.wipes SET compacted = TRUE
