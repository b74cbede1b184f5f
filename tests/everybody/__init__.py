"""What everybody sees, walked as nobody over the whole invented world."""
