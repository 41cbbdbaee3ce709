-- What an effects file tells beside its actions. Outcomes: level 'indicator', 'theme' or 'overall'.
--   kinds: mean effect over lags 0..12 at severity 1, in points, with 95 % range, p, q and verdict.
--   profiles: the effect at each lag in weeks, -4..12; lag 13 is the mean of 13..20.
--   events, own_events: one action, after less before; own_events takes no other action into account.
--   footprints: worker-week points of a buyer's actions; kind NULL: all kinds. shared: may be told to the buyer.
--   sums, covariances: an action's effect summed over lags 0..20, in point-weeks; how the sums of two kinds vary
--   together.
--   heard: the actions that reach into cells of a codebook.
--   coverage: the cells behind each question, those left out as wider than 91 days, and the median width in days.
CREATE TABLE effects.kinds (
    codebook VARCHAR, level VARCHAR, theme VARCHAR, indicator_id VARCHAR, kind VARCHAR, effect DOUBLE, low DOUBLE,
    high DOUBLE, p DOUBLE, q_bh DOUBLE, q_by DOUBLE, verdict VARCHAR, events INTEGER, factories INTEGER,
    pretrend_p DOUBLE
);
CREATE TABLE effects.profiles (
    codebook VARCHAR, level VARCHAR, theme VARCHAR, indicator_id VARCHAR, kind VARCHAR, lag INTEGER, effect DOUBLE,
    low DOUBLE, high DOUBLE
);
CREATE TABLE effects.events (
    codebook VARCHAR, level VARCHAR, theme VARCHAR, indicator_id VARCHAR, action_id VARCHAR, effect DOUBLE, low DOUBLE,
    high DOUBLE, p DOUBLE
);
CREATE TABLE effects.own_events AS SELECT * FROM effects.events;
CREATE TABLE effects.footprints (
    codebook VARCHAR, level VARCHAR, theme VARCHAR, indicator_id VARCHAR, buyer_id VARCHAR, kind VARCHAR,
    worker_week_points DOUBLE, low DOUBLE, high DOUBLE, actions INTEGER, factories INTEGER, shared BOOLEAN
);
CREATE TABLE effects.coverage (
    codebook VARCHAR, indicator_id VARCHAR, cells INTEGER, left_out INTEGER, factories INTEGER, days DOUBLE
);
CREATE TABLE effects.sums (
    codebook VARCHAR, level VARCHAR, theme VARCHAR, indicator_id VARCHAR, kind VARCHAR, points DOUBLE, compared INTEGER
);
CREATE TABLE effects.covariances (
    codebook VARCHAR, level VARCHAR, theme VARCHAR, indicator_id VARCHAR, kind VARCHAR, other VARCHAR,
    covariance DOUBLE
);
CREATE TABLE effects.heard (codebook VARCHAR, action_id VARCHAR);
