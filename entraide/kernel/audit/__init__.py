"""What was done, read and refused: append-only entries, chained by a sealer."""
