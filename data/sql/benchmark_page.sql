-- What a benchmark page shows of one codebook: every cohort of a month, and the themes asked for of a few cohorts in
-- every month. A cohort is named by its country and sector with ~ between.
SELECT h.country, h.sector, h.theme, h.month, h.factories, h.answers, h.p10, h.p25, h.p50, h.p75, h.p90,
       t.theme_name, t.place
  FROM cohorts AS h
  LEFT JOIN (SELECT theme, max(theme_name) AS theme_name, min(place) AS place
               FROM indicators
              WHERE codebook = $codebook
              GROUP BY theme) AS t
    ON t.theme = h.theme
 WHERE h.codebook = $codebook
   AND (h.month = $month
        OR (list_contains($themes, h.theme)
            AND list_contains($cohorts, coalesce(h.country, '') || '~' || coalesce(h.sector, ''))))
