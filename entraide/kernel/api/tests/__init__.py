"""Tests of the API's doors and tokens."""
