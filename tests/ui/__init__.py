"""The look: what it promises to readers and to those who build pages with it."""
