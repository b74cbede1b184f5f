"""Structured texts: read from plain text, DOCX and Akoma Ntoso, written back, compared by words."""
