INSERT INTO release.cells
SELECT f.factory_id, q.indicator_id, c.opened, c.closed, c.n, c.s1, c.s2, c.c1, c.c2, c.c3, c.c4, c.c5, q.codebook
  FROM vault.cells AS c
  JOIN known_factories AS f ON f.factory = c.factory
  JOIN vault.questions AS q ON q.question = c.question
 ORDER BY f.factory_id, q.codebook, q.indicator_id, c.opened;

INSERT INTO release.factories
SELECT factory_id, name, country, sector, headcount, latitude, longitude, joined_date, os_id, owner_id,
       timezone, public_id
  FROM known_factories ORDER BY factory_id;

INSERT INTO release.indicators
SELECT codebook, indicator_id, theme, theme_name, short_name, text, scale, polarity, zero_tolerance,
       is_vignette, role, event_sensitive, question
  FROM vault.questions ORDER BY question;

-- How much one answer differs from another at the same factory, pooled over factories: the variance that a
-- factory with few answers borrows (guides: A2.4, s2pool), from cells alone.
INSERT INTO release.facts
SELECT 'pooled_variance', codebook, indicator_id, sum(s2 - s1 * s1 / n) / greatest(sum(n) - count(*), 1)
  FROM release.cells GROUP BY codebook, indicator_id ORDER BY codebook, indicator_id;
