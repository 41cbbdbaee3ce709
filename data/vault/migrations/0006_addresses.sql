-- Where a factory stands, as a list of factories says it: lists are linked by it (docs/registry.md). Never released.
ALTER TABLE factories ADD COLUMN address VARCHAR;
