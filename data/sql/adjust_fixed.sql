-- Rounded, for ever. The ninth digit first: sums of the same numbers in another order differ further down, and
-- must not fall on two sides of a step.
INSERT INTO vault.adjust
SELECT factory, question, $quarter, $points_step * round(round(points, 9) / $points_step),
       $d_w_step * round(round(d_w, 9) / $d_w_step), $release
  FROM adjusted
