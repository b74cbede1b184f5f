"""French: the first of the month is "1er" (`S`, see `entraide.ui.formats`), the clock is written as it is said."""

DATE_FORMAT = "jS F Y"
MONTH_DAY_FORMAT = "jS F"
TIME_FORMAT = "G\u00a0\\h\u00a0i"
DATETIME_FORMAT = "jS F Y \\à G\u00a0\\h\u00a0i"
SHORT_DATETIME_FORMAT = "jS N Y, H:i"
