-- The one file that a connection may open once it is locked.
SET allowed_paths = $paths
