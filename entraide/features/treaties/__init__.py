"""Treaties: instruments, what each State did, entry into force, authorities, law by country, and the legal basis between two States."""
