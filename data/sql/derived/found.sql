-- What the rules find. `how` names the sentence; the columns after it are what the sentence says.
CREATE TEMP TABLE found (
    source VARCHAR, order_id VARCHAR, kind VARCHAR, date DATE, magnitude DOUBLE, end_date DATE, how VARCHAR,
    earlier DATE, later DATE, days BIGINT, before DOUBLE, after DOUBLE
)
