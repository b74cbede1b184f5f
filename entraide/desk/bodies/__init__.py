"""The pages of bodies: the list, one body, vetting."""
