"""What a mechanism says to the publication of the replies that its rounds asked for."""

from entraide.features.monitoring import queries, rules
from entraide.features.questionnaires.leave import on_publication
from entraide.features.questionnaires.models import Reply
from entraide.kernel.access.rules import ALLOWED, Verdict


@on_publication
def allows(reply: Reply) -> Verdict:
    """Every mechanism that asked has to allow it."""
    asked = queries.rounds_asking(reply.circulation_id)
    verdicts = (rules.may_publish_reply(each, capacity=reply.capacity, country=reply.country) for each in asked)
    return next((found for found in verdicts if not found), ALLOWED)
