"""Who sees (row policies, decided by PostgreSQL) and who may (rules, decided by code)."""
