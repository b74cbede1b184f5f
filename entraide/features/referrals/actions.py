"""What the record says of referrals."""

from django.utils.translation import gettext_lazy as _

from entraide.features.referrals.choices import MACHINE
from entraide.kernel.audit.words import mean

mean({f"referrals.{move.name}": move.label for move in MACHINE.moves})
mean(
    {
        "referrals:": _("A page of referrals"),
        "referrals.draft": _("Began a referral"),
        "referrals.revise": _("Changed the draft of a referral"),
        "referrals.answer_withdrawal": _("Answered the withdrawal"),
        "referrals.preview": _("Read what would be sent"),
        "referrals.arrive": _("A referral arrived"),
        "referrals.hand_over": _("The person’s data were handed over"),
        "referrals.read_call": _("Read what was said on the telephone"),
        "referrals.read_talk": _("Read questions and conditions"),
        "referrals.forget": _("Forgot what was said about somebody whom the sender erased"),
        "referrals.shortened": _("The sender asked to remove part of the data"),
        "referrals.withdrawn": _("The sender told that the person withdrew"),
        "referrals.recalled_again": _("Recalled again after a restore"),
        "referrals.shortened_again": _("A nearer day was kept again after a restore"),
        "referrals.withdrawn_again": _("The person’s withdrawal was made to count again after a restore"),
        "referrals.withdrawal_answered": _("The recipient answered the withdrawal"),
    }
)
