"""Who opened this: the pages of the record."""
