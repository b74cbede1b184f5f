"""Multiple systems estimation: how many are undetected."""
