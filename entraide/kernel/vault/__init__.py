"""Personal fields: sealed under a key per person, whose loss is their erasure."""
