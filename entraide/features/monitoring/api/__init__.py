"""Monitoring for programs: what anybody may read, what States send, what the team and the secretariat do."""

from entraide.features.monitoring.api import house, plans, reading, states

__all__ = ["house", "plans", "reading", "states"]
