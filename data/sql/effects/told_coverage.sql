-- How wide the cells are behind some questions, and the share of them that was left out as wider than 91 days.
SELECT median(days) AS days, sum(left_out) / greatest(sum(cells) + sum(left_out), 1) AS left_out
  FROM coverage
 WHERE codebook = $codebook AND list_contains($indicators, indicator_id)
