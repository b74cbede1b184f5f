"""For each move: what follows from it, said before; that it is done, said after; for each state, what comes next."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entraide.features.referrals.choices import State

FOLLOWS: dict[str, list[str | Promise]] = {
    "accept": [
        _("A case opens at your body, with you as its first team member."),
        _("Then the person’s data come: exactly the kinds of information listed in the summary."),
        _("The sender stays responsible for the person until you confirm arrival."),
    ],
    "accept_with_conditions": [
        _("The sender sees your conditions and agrees to them or recalls the referral."),
        _("The person’s data come once the sender agrees."),
    ],
    "ask_back": [
        _("The sender is told and answers; the time to reply goes on."),
        _("You still see no more than the summary."),
    ],
    "decline": [_("The sender is told your reason and asks elsewhere. You receive no data of the person.")],
    "no_capacity": [_("The sender is told that you have no place now and asks elsewhere. You receive no data of the person.")],
    "confirm_call": [
        _("You confirm that your body agreed by telephone to take this person."),
        _("A case opens at your body, and the data listed in the summary come."),
        _("The sender stays responsible for the person until you confirm arrival."),
    ],
    "deny_call": [_("The sender is told at once that nothing was agreed. You receive no data of the person.")],
    "confirm_arrival": [
        _("From this moment your body is responsible for the person."),
        _("Both sides get a receipt, which can be printed."),
    ],
    "report_no_arrival": [
        _("The sender is told at once and stays responsible for the person."),
        _("If the person arrives later, you can still confirm it."),
    ],
    "report_outcome": [_("The sender learns the outcome, and nothing else. The referral is closed.")],
    "answer": [_("The recipient sees your answer and goes on. The time to reply goes on too, unless you set a new one.")],
    "agree_conditions": [
        _("The referral is accepted on these conditions, and the person’s data go to the recipient now."),
        _("You stay responsible for the person until arrival is confirmed."),
    ],
    "recall": [
        _("The recipient is told that the referral is recalled and can no longer accept it."),
        _("No data of the person have gone, and none will."),
    ],
    "discard": [_("The draft is put aside. Nothing has left your body.")],
}

DONE: dict[str, str | Promise] = {
    "accept": _("Accepted. The case is open and the person’s data have arrived."),
    "accept_with_conditions": _("Your conditions have gone to the sender."),
    "ask_back": _("Your question has gone to the sender."),
    "decline": _("Declined. The sender has been told."),
    "no_capacity": _("The sender has been told that you have no capacity."),
    "confirm_call": _("Confirmed. The case is open and the person’s data have arrived."),
    "deny_call": _("The sender has been told that this was not agreed."),
    "confirm_arrival": _("Arrival confirmed. Your body is now responsible for the person."),
    "report_no_arrival": _("The sender has been told that the person did not arrive."),
    "report_outcome": _("The outcome has gone to the sender. The referral is closed."),
    "answer": _("Your answer has gone to the recipient."),
    "agree_conditions": _("Agreed. The person’s data have gone to the recipient."),
    "recall": _("Recalled. The recipient has been told."),
    "discard": _("The draft is discarded."),
}

_NOBODY = _("Nobody has taken the person on yet. Ask another body.")
NEXT_FOR_SENDER: dict[str, str | Promise] = {
    State.SENT: _("The recipient answers next. You are told when it does, and when the time runs out."),
    State.QUERIED: _("The recipient waits for your answer. Its question stands under “What was said”."),
    State.OFFERED: _("The recipient takes the person on its conditions, which stand under “What was said”. Agree to them, or recall."),
    State.TELEPHONED: _("The recipient confirms next what was agreed by telephone."),
    State.ACCEPTED: _("The recipient confirms next that the person has arrived. Until then you are responsible."),
    State.ARRIVED: _("The recipient tells you how it went, once it knows."),
    State.NOT_ARRIVED: _(
        "The person did not arrive, and you are responsible: find out where the person is. A late arrival can still be confirmed."
    ),
    State.DECLINED: _NOBODY,
    State.NO_CAPACITY: _NOBODY,
    State.EXPIRED: _NOBODY,
}
NEXT_FOR_RECIPIENT: dict[str, str | Promise] = {
    State.QUERIED: _("The sender answers your question next. You can also decide without the answer."),
    State.OFFERED: _("The sender agrees to your conditions next, or recalls the referral."),
    State.ACCEPTED: _("Confirm when the person has arrived; if the person does not come, say so at once."),
    State.ARRIVED: _("Tell the sender how it went, once you know."),
}
