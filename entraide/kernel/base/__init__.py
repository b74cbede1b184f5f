"""What every table and every rule is made of: identifiers, the clock, translated names, pages of a list."""
