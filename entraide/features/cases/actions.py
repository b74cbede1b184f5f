"""What the record says of cases."""

from django.utils.translation import gettext_lazy as _

from entraide.features.cases.choices import CASE_MACHINE
from entraide.kernel.audit.words import mean

mean({f"cases.{move.name}": move.label for move in CASE_MACHINE.moves})
mean(
    {
        "cases:": _("A page of cases"),
        "cases.open": _("Opened a case"),
        "cases.read": _("Read what is recorded of the person"),
        "cases.found": _("A search led to this case"),
        "cases.find": _("Searched for a person"),
        "cases.receive": _("Filed what came with a referral"),
        "cases.save_group": _("Changed what is recorded of the person"),
        "cases.write_note": _("Wrote a note"),
        "cases.link": _("Noted a relative or companion"),
        "cases.set_step": _("Marked a step"),
        "cases.settle_age": _("Settled the age"),
        "cases.decide_identification": _("Recorded a decision on identification"),
        "cases.add_to_team": _("Added somebody to the team"),
        "cases.hand_over": _("Handed a case over to a colleague, since nobody else was left in its team"),
        "cases.remove_from_team": _("Took somebody out of the team"),
        "cases.record_agreement": _("Recorded what the person agreed to"),
        "cases.narrow_agreement": _("Narrowed what the person agreed to"),
        "cases.withdraw_agreement": _("Recorded that the person withdrew"),
        "cases.end_agreement_again": _("Ended an agreement again after a restore"),
        "cases.add_legal_basis": _("Recorded a legal basis"),
        "cases.add_transfer_basis": _("Recorded a basis of transfer"),
        "cases.hold": _("Set a legal hold"),
        "cases.lift_hold": _("Lifted a legal hold"),
        "cases.erase": _("Erased the person"),
        "cases.export": _("Exported a case"),
        "cases.compare": _("Compared a case with a file that was brought in"),
        "cases.try_import": _("Tried a file"),
        "cases.import": _("Imported a file"),
        "cases.read_import": _("Read a file that was brought in"),
        "cases.index_again": _("Made a person findable again after a restore"),
        "cases.stop_import": _("An import was stopped"),
        "cases.discard_import": _("Threw a tried file away"),
        "cases.forget_import": _("A tried file was thrown away after its time"),
    }
)
