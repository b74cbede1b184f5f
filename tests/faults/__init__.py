"""What breaks beneath us: the database that restarts, the disk that is full."""
