"""Verbs of monitoring, by noun: rounds and teams, moves, the draft, what a State says, what follows, national plans."""

from entraide.features.monitoring.services.drafting import (
    add_evidence,
    add_finding,
    add_paragraph,
    cite,
    confidential_givers,
    recommend,
    remove_paragraph,
    revise_paragraph,
    spoken,
)  # fmt: skip
from entraide.features.monitoring.services.follow_up import answered, assess, decide
from entraide.features.monitoring.services.lots import draw, fix_inputs
from entraide.features.monitoring.services.mechanisms import found, set_languages
from entraide.features.monitoring.services.plans import (
    add_answer,
    add_measure,
    add_milestone,
    begin_plan,
    finish,
    publish_plan,
    reach,
    report_step,
)  # fmt: skip
from entraide.features.monitoring.services.procedure import move
from entraide.features.monitoring.services.rounds import (
    add_questionnaire,
    appoint,
    declare,
    dismiss,
    open_round,
    remove_questionnaire,
    set_clusters,
)  # fmt: skip
from entraide.features.monitoring.services.states import comment, consent, reply, submit
from entraide.features.monitoring.services.visits import cancel_meeting, change_meeting, hold_meeting, plan_visit, send_programme

__all__ = [
    "add_answer",
    "add_evidence",
    "add_finding",
    "add_measure",
    "add_milestone",
    "add_paragraph",
    "add_questionnaire",
    "answered",
    "appoint",
    "assess",
    "begin_plan", "cancel_meeting", "change_meeting",
    "cite",
    "comment",
    "confidential_givers",
    "consent",
    "decide",
    "declare",
    "dismiss",
    "draw",
    "finish",
    "fix_inputs",
    "found",
    "hold_meeting",
    "move",
    "open_round",
    "plan_visit",
    "publish_plan",
    "reach",
    "recommend",
    "remove_paragraph",
    "remove_questionnaire",
    "reply",
    "report_step",
    "revise_paragraph",
    "send_programme", "set_clusters", "set_languages",
    "spoken", "submit",
]  # fmt: skip
