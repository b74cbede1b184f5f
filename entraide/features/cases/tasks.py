"""Background work of cases: large files in, and files that nobody decided about."""

from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from entraide.features.cases import runs
from entraide.features.cases.models import ImportRun
from entraide.kernel.access.context import acting_as, agent_of
from entraide.kernel.access.sides import Side
from entraide.kernel.accounts.queries import acting_for


@app.task(name="cases.read_import", queue="files")
def read_import(account: str, post: str, run: str) -> None:
    """Tries a large file."""
    by = acting_for(UUID(account), UUID(post))
    if by is not None:
        with transaction.atomic(), acting_as(by):
            found = ImportRun.objects.filter(pk=UUID(run), state="reading").first()
            if found is not None:
                runs.read(by=by, run=found)


@app.task(name="cases.file_import", queue="files")
def file_import(account: str, post: str, run: str) -> None:
    """Files a large file, whole or not at all."""
    by = acting_for(UUID(account), UUID(post))
    if by is not None:
        runs.file_in_background(by=by, run=UUID(run))


@app.task(name="cases.forget_import", queue="clock")
def forget_import(body: str, side: str, run: str) -> None:
    """Throws away a tried file after its time."""
    agent = agent_of(UUID(body), Side(side))
    with transaction.atomic(), acting_as(agent):
        found = ImportRun.objects.select_for_update().filter(pk=UUID(run)).first()
        if found is not None:
            runs.forget(by=agent, run=found)
