"""Messages between bodies: the same message and handler on one node and, later, between nodes."""
