"""Background work of figures: estimates."""

from uuid import UUID

from procrastinate.contrib.django import app

from entraide.features.figures.estimating import Run
from entraide.kernel.accounts.queries import acting_for


@app.task(name="figures.estimate", queue="files")
def estimate(account: str, post: str, estimate: str, attempt: int) -> None:
    """Works on an estimate for whoever ordered it, as long as she holds the post."""
    by = acting_for(UUID(account), UUID(post))
    if by is not None:
        Run(by, UUID(estimate), attempt).work()
