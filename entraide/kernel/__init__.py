"""The ground that the rooms share; it knows no room."""
