"""The peers of `entraide release`, measured on the same table in an environment of their own."""
