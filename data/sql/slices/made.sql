SELECT count(*) FROM slices_now
