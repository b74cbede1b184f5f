"""Facts and the invented world."""
