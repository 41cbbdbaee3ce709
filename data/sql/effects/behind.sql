-- How many buyers other than $buyer did something of each kind at factories that are heard.
SELECT a.kind, count(DISTINCT a.buyer_id) AS others
  FROM actions AS a
  JOIN heard AS h ON h.action_id = a.action_id
 WHERE h.codebook = $codebook AND a.actor_type = 'buyer' AND a.buyer_id IS DISTINCT FROM $buyer
 GROUP BY a.kind
