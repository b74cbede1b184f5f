"""The daily copy of the key store."""

from procrastinate.contrib.django import app

from entraide.kernel.base import clock
from entraide.kernel.vault.services import store


@app.periodic(cron="10 2 * * *")
@app.task(name="vault.copy", queue="vault", queueing_lock="vault.copy")
def copy_keys(timestamp: int) -> None:
    """Copies the store and lets copies older than 35 days expire."""
    store().copy(clock.today())
