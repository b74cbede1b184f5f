"""Pure computations: no Django, no database, no clock, no network."""
