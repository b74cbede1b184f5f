"""What is refused, in one sentence."""


class Refused(Exception):
    """Says in one sentence why nothing is released. Never holds a value from the data."""
