"""The sealer's job, for nodes whose worker was down: the worker itself seals every second."""

from procrastinate.contrib.django import app

from entraide.kernel.audit.services import seal


@app.periodic(cron="* * * * *")
@app.task(name="audit.seal", queue="audit", queueing_lock="audit.seal", pass_context=False)
def seal_audit(timestamp: int) -> None:
    """Chains whatever waits."""
    while seal():
        pass
