-- The share of a workforce, in percent, in groups of which somebody answered in a quarter; as published.
ALTER TABLE reach ADD COLUMN covered INTEGER;
