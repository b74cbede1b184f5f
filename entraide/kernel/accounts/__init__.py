"""People, how they sign in, and the posts they hold at bodies."""
