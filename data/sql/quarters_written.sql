INSERT INTO vault.quarters
SELECT factory, $quarter, $release FROM fixing
