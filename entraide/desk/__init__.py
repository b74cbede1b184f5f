"""Home: what awaits me, what I wait for, what is late; owns no tables."""
