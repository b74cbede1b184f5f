"""Background work of figures: estimates, and tried files about which nobody decided."""

from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from entraide.features.figures import importing
from entraide.features.figures.estimating import Run
from entraide.features.figures.models import Table
from entraide.kernel.access.context import acting_as, agent_of
from entraide.kernel.access.sides import Side
from entraide.kernel.accounts.queries import acting_for


@app.task(name="figures.estimate", queue="files")
def estimate(account: str, post: str, estimate: str, attempt: int) -> None:
    """Works on an estimate for whoever ordered it, as long as she holds the post."""
    by = acting_for(UUID(account), UUID(post))
    if by is not None:
        Run(by, UUID(estimate), attempt).work()


@app.task(name="figures.forget_table", queue="clock")
def forget_table(body: str, side: str, table: str) -> None:
    """Throws away a tried file after its time."""
    agent = agent_of(UUID(body), Side(side))
    with transaction.atomic(), acting_as(agent):
        found = Table.objects.select_for_update().filter(pk=UUID(table)).first()
        if found is not None:
            importing.forget(by=agent, table=found)
