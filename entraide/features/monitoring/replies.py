"""What a mechanism says to the publication of the replies that its rounds asked for."""

from django.utils.translation import gettext_lazy as _

from entraide.features.monitoring import queries
from entraide.features.monitoring.choices import Publicity
from entraide.features.monitoring.models import Evaluation, Round
from entraide.features.questionnaires.choices import Capacity
from entraide.features.questionnaires.leave import on_publication
from entraide.features.questionnaires.models import Reply
from entraide.kernel.access.rules import ALLOWED, Verdict, refuse


@on_publication
def allows(reply: Reply) -> Verdict:
    """Every mechanism that asked has to allow it."""
    asked = queries.rounds_asking(reply.circulation_id)
    return next((found for found in (_may_publish(each, reply) for each in asked) if not found), ALLOWED)


def _may_publish(round: Round, reply: Reply) -> Verdict:
    """Whether a reply to a round's questions may be read by everybody: never more than the report on its State."""
    mechanism = round.mechanism
    if reply.capacity == Capacity.NGO and not mechanism.ngo_replies:
        return refuse("no_ngos", _("In this mechanism NGOs do not reply, so no reply of theirs is published."))
    public = Evaluation.objects.filter(round=round, state=reply.country, published_at__isnull=False)
    if mechanism.publicity == Publicity.BY_STATE and not public.exists():
        sentence = _("In this mechanism replies stay between governments until the report on their State is published with its leave.")
        return refuse("between_governments", sentence)
    return ALLOWED
