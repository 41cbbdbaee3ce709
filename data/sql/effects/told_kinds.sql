-- The mean effects of one sort of outcome ($level), by outcome and kind.
SELECT kind, indicator_id, theme, effect, low, high, p, q_bh, q_by, verdict, events, factories, pretrend_p
  FROM kinds
 WHERE codebook = $codebook AND level = $level
 ORDER BY kind, theme, indicator_id
