"""Disclosure control: tables and synthetic rows that expose nobody."""
