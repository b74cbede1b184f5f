"""Figures: what rooms and bodies count, estimates of the undetected, releases that expose nobody."""
