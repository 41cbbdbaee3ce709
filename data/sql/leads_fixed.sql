INSERT INTO vault.leads
SELECT factory, question, quarter, band, $release FROM leads_now
