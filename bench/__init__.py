"""Measurements, each beside the bare SQL it stands on; never asserted, only printed."""
