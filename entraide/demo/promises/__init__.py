"""The demonstration's promises: rounds, a review by lots, work and national plans, treaties; invented States only, by the usual verbs."""

from entraide.demo.promises.reviews import make_review, make_work_plan
from entraide.demo.promises.rounds import make_rounds
from entraide.demo.promises.treaties import make_treaties

__all__ = ["make_promises"]


def make_promises() -> None:
    """All of it; within a transaction."""
    make_rounds()
    make_review()
    make_work_plan()
    make_treaties()
