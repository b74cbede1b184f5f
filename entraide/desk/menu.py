"""The menu: what there is for which function."""

from django.utils.translation import gettext_lazy as _

from entraide.kernel.accounts.choices import HOLDS_CASES, Function
from entraide.kernel.accounts.menu import Entry, offer, offer_to_all

QUESTIONS = frozenset({Function.FOCAL_POINT, Function.RESPONDENT, Function.SECRETARIAT, Function.COORDINATOR})

offer(
    Entry(_("Desk"), "desk:home", 10),
    Entry(_("Cases"), "cases:list", 20, HOLDS_CASES),
    Entry(_("Referrals"), "referrals:index", 30, HOLDS_CASES),
    Entry(_("Texts"), "texts:list", 35),
    Entry(_("Treaties"), "treaties:instruments", 37),
    Entry(_("Figures"), "figures:home", 38),
    Entry(_("Monitoring"), "monitoring:index", 38),
    Entry(_("Questionnaires"), "questionnaires:home", 37, QUESTIONS),
    Entry(_("Bodies"), "bodies:bodies", 40),
    Entry(_("Who opened this"), "record:openings", 50, frozenset({Function.DATA_PROTECTION})),
    Entry(_("Colleagues"), "accounts:colleagues", 60, frozenset({Function.ADMINISTRATOR})),
)
offer_to_all(
    Entry(_("Texts"), "texts:list", 35),
    Entry(_("Treaties"), "treaties:instruments", 37),
    Entry(_("Monitoring"), "monitoring:index", 38),
    Entry(_("Published replies"), "questionnaires:published", 39),
    Entry(_("Figures"), "figures:home", 40),
    Entry(_("Sign in"), "account_login", 90),
)
