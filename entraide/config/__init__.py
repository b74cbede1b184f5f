"""Settings, addresses and the entry for the web server: the only floor that may import every other."""
