"""French: the clock is written as it is said."""

TIME_FORMAT = "G\u00a0\\h\u00a0i"
DATETIME_FORMAT = "j F Y \\à G\u00a0\\h\u00a0i"
SHORT_DATETIME_FORMAT = "j N Y, H:i"
