"""Structured, multilingual texts: treaties, memoranda, resolutions, plans, reports; everything else points at their provisions."""
