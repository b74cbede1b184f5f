"""The demonstration's promises: rounds, a review by lots, a work plan, a national plan; invented States only, through the usual verbs."""

from entraide.demo.promises.reviews import make_review, make_work_plan
from entraide.demo.promises.rounds import make_rounds

__all__ = ["make_promises"]


def make_promises() -> None:
    """All of it; within a transaction."""
    make_rounds()
    make_review()
    make_work_plan()
