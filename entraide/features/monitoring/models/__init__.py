"""Facts of monitoring, by noun."""

from entraide.features.monitoring.models.follow_up import Assessment, Decision, DecisionOn, Reply
from entraide.features.monitoring.models.mechanisms import Draw, Evaluation, Interest, Mechanism, Reviewer, Round, RoundQuestionnaire, Scope
from entraide.features.monitoring.models.plans import Answers, Measure, Milestone, Partner, Plan, Step
from entraide.features.monitoring.models.reports import (
    Appointment,
    Comment,
    Comments,
    Consent,
    Edition,
    Evidence,
    Finding,
    Meeting,
    Paragraph,
    Programme,
    Recommendation,
    Visit,
)  # fmt: skip
from entraide.features.monitoring.models.shared import Root, Shared

__all__ = [
    "Answers", "Appointment", "Assessment", "Comment", "Comments", "Consent", "Decision", "DecisionOn", "Draw", "Edition", "Evaluation",
    "Evidence", "Finding", "Interest", "Measure", "Mechanism", "Meeting", "Milestone", "Paragraph", "Partner", "Plan", "Programme",
    "Recommendation", "Reply", "Reviewer", "Root", "Round", "RoundQuestionnaire", "Scope", "Shared", "Step", "Visit",
]  # fmt: skip
