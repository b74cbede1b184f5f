"""Files that people add: which kinds are taken, how they are sealed, how they are handed out. Whoever keeps them has the table."""
