"""Monitoring: rounds, teams, visits, reports, recommendations, decisions, national action."""
