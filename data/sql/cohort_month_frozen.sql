INSERT INTO vault.cohort_months VALUES ($month, $release)
