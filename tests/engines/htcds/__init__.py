"""Tests of the HTCDS engine."""
