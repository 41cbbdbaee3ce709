-- The last day of the release.
SELECT through FROM meta
