INSERT INTO release.factories
SELECT factory_id, name, country, sector, headcount, latitude, longitude, joined_date, os_id, owner_id,
       timezone, public_id
  FROM known_factories ORDER BY factory_id;

INSERT INTO release.indicators
SELECT codebook, indicator_id, theme, theme_name, short_name, text, scale, polarity, zero_tolerance,
       is_vignette, role, event_sensitive, question
  FROM vault.questions ORDER BY question;
