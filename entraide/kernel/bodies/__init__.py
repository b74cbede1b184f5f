"""States, organisations, authorities, NGOs, networks, groups and missions; who sits where and who vetted whom."""
