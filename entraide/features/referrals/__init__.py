"""Passing a person on: from one body to another, within a country or over a border."""
