"""What each indicator counts: its definition travels with every value as a tag, and says where it is from and whether that was checked."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Definition:
    """An indicator: its tag, its name, what it counts, where the definition is from."""

    tag: str
    label: str | Promise
    text: str | Promise
    source: str
    confirmed: bool = False
    rate: bool = False
    persons: bool = True

    @property
    def from_files(self) -> bool:
        """Whether others count it too, so that it may come in a file."""
        return not self.rate and not self.tag.startswith(("entraide", "estimate"))


QUESTIONNAIRE = "UNODC, questionnaire for the Global Report on Trafficking in Persons"
SDG = "SDG indicator 16.2.2, metadata of 31 March 2023 (UNODC)"
OURS = "Entraide"

_LIST = (
    Definition(
        "tip.offences",
        _("Offences recorded"),
        _("Offences of trafficking in persons that the police recorded in the year."),
        QUESTIONNAIRE,
        persons=False,
    ),
    Definition(
        "tip.contact",
        _("Persons in formal contact"),
        _("Persons suspected, arrested or cautioned for trafficking in persons in the year."),
        QUESTIONNAIRE,
    ),
    Definition(
        "tip.prosecuted",
        _("Persons prosecuted"),
        _("Persons against whom a prosecution for trafficking began in the year."),
        QUESTIONNAIRE,
    ),
    Definition(
        "tip.convicted",
        _("Persons convicted"),
        _("Persons convicted of trafficking in persons in the year, in the first instance."),
        QUESTIONNAIRE,
    ),
    Definition(
        "tip.victims",
        _("Victims detected"),
        _("Persons whom an authority came into contact with and recorded as victims of trafficking in the year. Detected is not existing."),
        QUESTIONNAIRE,
    ),
    Definition(
        "tip.repatriated",
        _("Victims repatriated"),
        _("Detected victims who returned to their own country in the year."),
        QUESTIONNAIRE,
    ),
    Definition(
        "population",
        _("Resident population"),
        _("Persons who live in the country in the middle of the year."),
        "UN DESA",
        persons=False,
    ),
    Definition(
        "sdg.16.2.2.detected",
        _("Detected victims per 100,000 residents"),
        _("100,000 × detected victims / resident population. Who was not detected is not counted."),
        SDG,
        rate=True,
    ),
    Definition(
        "sdg.16.2.2.all",
        _("Detected and estimated undetected victims per 100,000 residents"),
        _("100,000 × (detected victims + estimated undetected) / resident population, one value for each family of estimates."),
        SDG,
        rate=True,
    ),
    Definition(
        "estimate.all",
        _("Victims, detected and undetected, estimated"),
        _("Persons on at least one list plus the estimated number on none; one value for each family of models. Never one of them alone."),
        "Chan, Silverman and Vincent 2021; Binette and Steorts 2022",
    ),
    Definition(
        "entraide.assisted",
        _("Persons in the files of a body"),
        _(
            "Persons for whom a body opened a file in the year, as it stood when it was counted. Somebody with "
            "files at two bodies is counted by both."
        ),
        OURS,
        confirmed=True,
    ),
    Definition(
        "entraide.returned",
        _("Persons in the files of a body, by return"),
        _(
            "The same persons by whether the hand-over on their return to another country was marked as done when they were counted, "
            "whatever year that was."
        ),
        OURS,
        confirmed=True,
    ),
    Definition(
        "entraide.referrals",
        _("Referrals sent"),
        _(
            "Referrals that a body sent in the year, by what became of them when they were counted. A person may "
            "be referred more than once."
        ),
        OURS,
        confirmed=True,
        persons=False,
    ),
    *(
        Definition(tag, label, text, OURS, confirmed=True, persons=False)
        for tag, label, text in (
            (
                "entraide.bound",
                _("States bound by an instrument"),
                _(
                    "States in which the instrument was in force on the last day of the year, from the recorded acts; a State whose day is "
                    "not known exactly counts from the earliest possible one. A public fact: told exactly."
                ),
            ),
            (
                "entraide.asked",
                _("Bodies asked by a questionnaire"),
                _(
                    "Bodies to which a body sent a questionnaire in the year, and whether they had answered when it was counted; asked "
                    "twice, a body counts twice. Who was asked is not public: small counts are withheld."
                ),
            ),
            (
                "entraide.recommendations",
                _("Recommendations"),
                _(
                    "Recommendations in final reports that were published in the year, by the verb that the mechanism uses. Of reports "
                    "that are not public none counts; by State only where the mechanism allows States to be ranked. Public facts: "
                    "told exactly."
                ),
            ),
            (
                "entraide.recommendations.theme",
                _("Recommendations, theme by theme"),
                _("The same recommendations by theme. One on several themes stands under each, so that themes must not be added up."),
            ),
            (
                "entraide.recommendations.progress",
                _("Recommendations carried out"),
                _("The same recommendations by the newest assessment of the mechanism when they were counted."),
            ),
            (
                "entraide.measures",
                _("Measures of national plans"),
                _(
                    "Measures of published plans that run in the year, as they stood on its last day: late is what was due and not done. "
                    "Public facts: told exactly."
                ),
            ),
        )
    ),
    Definition(
        "other",
        _("Another indicator"),
        _("As its source defines it; Entraide has no definition of it."),
        "",
    ),
)
DEFINITIONS = {each.tag: each for each in _LIST}


def definition(tag: str) -> Definition:
    """The definition behind a tag."""
    return DEFINITIONS.get(tag, DEFINITIONS["other"])
