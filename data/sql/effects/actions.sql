-- One row per action. Severity: how large it was beside the others of its kind that are told in the same unit, 0.25 to
-- 4; 1 when unknown; what lies after the release's last day is no measure of others. `rule` says why an
-- action follows from an order; entered ones have none.
CREATE TABLE effects.actions AS
WITH typed AS (
    SELECT CAST(action_id AS VARCHAR) AS action_id, CAST(kind AS VARCHAR) AS kind,
           CAST(kind_name AS VARCHAR) AS kind_name, CAST(token AS VARCHAR) AS token, CAST(sign AS INTEGER) AS sign,
           CAST(factory_id AS VARCHAR) AS factory_id, CAST(buyer_id AS VARCHAR) AS buyer_id,
           CAST(buyer_name AS VARCHAR) AS buyer_name, CAST(order_id AS VARCHAR) AS order_id,
           CAST(date AS DATE) AS date, CAST(announced_date AS DATE) AS announced_date,
           CAST(end_date AS DATE) AS end_date, CAST(magnitude AS DOUBLE) AS magnitude, CAST(unit AS VARCHAR) AS unit,
           CAST(note AS VARCHAR) AS note, CAST(actor_type AS VARCHAR) AS actor_type,
           CAST(actor_id AS VARCHAR) AS actor_id, CAST(rule AS VARCHAR) AS rule
      FROM described_actions
), sized AS (
    SELECT *, abs(magnitude) / nullif(median(CASE WHEN date <= $through THEN abs(magnitude) END)
                                  OVER (PARTITION BY kind, lower(trim(unit))), 0) AS size
      FROM typed
)
SELECT * EXCLUDE (size), least(4e0, greatest(25e-2, coalesce(size, 1e0))) AS severity
  FROM sized
 ORDER BY factory_id, date, action_id
