"""What States do with treaties, kinds of help, offences, topics of law, channels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActKind(models.TextChoices):
    """What a State or organisation did (Vienna Convention on the Law of Treaties, articles 11 to 23 and 54)."""

    SIGNATURE = "signature", _("Signature")
    RATIFICATION = "ratification", _("Ratification")
    ACCEPTANCE = "acceptance", _("Acceptance")
    APPROVAL = "approval", _("Approval")
    ACCESSION = "accession", _("Accession")
    SUCCESSION = "succession", _("Succession")
    CONSENT = "consent", _("Consent to be bound, form not recorded")
    RESERVATION = "reservation", _("Reservation")
    DECLARATION = "declaration", _("Declaration")
    OBJECTION = "objection", _("Objection")
    WITHDRAWAL = "withdrawal", _("Withdrawal or denunciation")


CONSENTS = frozenset({ActKind.RATIFICATION, ActKind.ACCEPTANCE, ActKind.APPROVAL, ActKind.ACCESSION, ActKind.SUCCESSION, ActKind.CONSENT})
"""Acts by which a State agrees to be bound."""
STATEMENTS = frozenset({ActKind.RESERVATION, ActKind.DECLARATION, ActKind.OBJECTION})
"""Acts that say how a State understands itself to be bound; there may be several on one day."""


class Standing(models.TextChoices):
    """Where a State stands under an instrument on a day."""

    PARTY = "party", _("Party")
    PARTY_UNSURE = "party_unsure", _("Party; the day is not known exactly")
    DEPOSITED = "deposited", _("Deposited, not yet in force")
    SIGNED = "signed", _("Signed")
    TAKES_PART = "takes_part", _("Takes part; it binds nobody in law")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    NOTHING = "nothing", _("Nothing recorded")


BINDING = frozenset({Standing.PARTY, Standing.PARTY_UNSURE})
COUNTS = BINDING | {Standing.TAKES_PART}
"""Standings on which two States can meet: bound, or of the same memorandum."""


class Help(models.TextChoices):
    """What one State asks of another."""

    MLA = "mla", _("Mutual legal assistance")
    EXTRADITION = "extradition", _("Extradition")
    TRANSFER_SENTENCED = "transfer_sentenced", _("Transfer of a sentenced person")
    TRANSFER_PROCEEDINGS = "transfer_proceedings", _("Transfer of criminal proceedings")
    JOINT_TEAM = "joint_team", _("Joint investigation team")
    POLICE = "police", _("Police cooperation")
    INFORMATION = "information", _("Exchange of information")
    CONFISCATION = "confiscation", _("Seizure and confiscation")
    WITNESS_PROTECTION = "witness_protection", _("Protection of a witness")
    VICTIM_ASSISTANCE = "victim_assistance", _("Assistance to a victim")
    RETURN = "return", _("Return of a victim")
    COMPENSATION = "compensation", _("Compensation of a victim")
    DOCUMENTS = "documents", _("Check of a travel document")


class Offence(models.TextChoices):
    """What the request is about."""

    TRAFFICKING = "trafficking", _("Trafficking in persons")
    SMUGGLING = "smuggling", _("Smuggling of migrants")
    ORGANISED_CRIME = "organised_crime", _("Organised criminal group")


class Force(models.TextChoices):
    """How strong a provision is as a basis."""

    BASIS = "basis", _("Can itself be the legal basis")
    FRAME = "frame", _("Commits both, but needs national law or an agreement")
    DUTY = "duty", _("A duty to cooperate, carried out through other instruments")
    INFORMAL = "informal", _("Not binding: an informal channel")


CONDITIONS: dict[str, object] = {
    "transnational_or_group": _(
        "The offence is transnational and involves an organised criminal group, or there are reasonable grounds to suspect it."
    ),
    "dual_criminality_may": _("Assistance may be refused where the conduct is no offence in the requested State."),
    "dual_criminality": _("The conduct is an offence in both States."),
    "language_accepted": _("In a language that the requested State accepts."),
    "written_or_confirmed": _("In writing; where it is urgent, by word of mouth and confirmed in writing at once."),
    "use_limited": _("What is received is used for the stated purpose only, unless the other State agrees."),
    "central_authority": _("Through the central authorities; where it is urgent and both agree, through INTERPOL."),
    "treaty_or_law": _("A State that needs a treaty may take this instrument as one, or says that it uses its own law."),
    "nationals_may_be_refused": _("A State that does not extradite its own nationals must try the case itself when asked."),
    "provisional_arrest": _("Arrest before the request arrives is possible where it is urgent."),
    "agreement_needed": _("An agreement for this case or in general is needed."),
    "sovereignty": _("The sovereignty of the State on whose territory one works is respected."),
    "sound_administration": _("Where it serves the sound administration of justice, above all when several States are concerned."),
    "own_law": _("Within the limits of each State’s own law."),
    "with_parent": _("Together with the Convention that it supplements: both States must be parties to both."),
    "through_other_instruments": _("Carried out through the other instruments that bind both States, and their law."),
    "safety_of_person": _("With due regard for the safety of the person and for proceedings under way."),
    "preferably_voluntary": _("The return is preferably voluntary."),
    "without_undue_delay": _("Without undue or unreasonable delay."),
    "prostitution_women_children": _("Only trafficking of women and children for prostitution."),
    "forced_labour_only": _("Only where the exploitation is forced or compulsory labour."),
    "not_binding": _("The memorandum binds nobody in law; it shows whom to ask and what was promised."),
}


class Channel(models.TextChoices):
    """How a request travels."""

    CENTRAL_AUTHORITY = "central_authority", _("Between central authorities")
    DIRECT = "direct", _("Directly between judicial authorities")
    INTERPOL = "interpol", _("INTERPOL, where it is urgent")
    DIPLOMATIC = "diplomatic", _("Diplomatic channel")
    LIAISON = "liaison", _("Liaison officer or contact point")
    ELECTRONIC = "electronic", _("Secure electronic transmission")


class Topic(models.TextChoices):
    """What law and procedure are compared on."""

    CRIMINALISATION = "criminalisation", _("Trafficking is an offence of its own")
    NON_PUNISHMENT = "non_punishment", _("Victims are not punished for what they were forced to do")
    REFLECTION = "reflection", _("Recovery and reflection period")
    RESIDENCE = "residence", _("Residence permit for victims")
    COMPENSATION = "compensation", _("Compensation")
    WITNESS_PROTECTION = "witness_protection", _("Protection of witnesses")


class Answer(models.TextChoices):
    """What the law says in one word."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("In part")
    NO = "no", _("No")
