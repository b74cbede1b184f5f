"""What the record says of treaties."""

from django.utils.translation import gettext_lazy as _

from entraide.kernel.audit.words import mean

mean(
    {
        "treaties:": _("A page of treaties"),
        "treaties.record_act": _("Recorded what a State did with an instrument"),
        "treaties.deposit": _("Recorded as depositary what a State did"),
        "treaties.name_depositary": _("A body was named depositary by whoever runs the node"),
        "treaties.designate": _("Recorded a competent authority"),
        "treaties.record_law": _("Recorded what the law says"),
        "treaties.add_step": _("Recorded a step on a commitment"),
        "treaties.add_evidence": _("Recorded evidence of a step"),
        "treaties.end": _("Ended an entry about a State"),
    }
)
