"""Tells people that something awaits them; never what."""
