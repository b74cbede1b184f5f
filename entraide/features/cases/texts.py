"""The words shown to a person before she agrees: version 1, in English and French, for adults and for children.

Immutable: a new wording is a new version. Other languages are added as rows marked `reviewed=False` until somebody who speaks them has read them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import connections, transaction

from entraide.features.cases.agreements import AgreementText

CODE = "share"


@dataclass(frozen=True)
class Wording:
    """One text in one language."""

    language: str
    title: str
    body: str
    for_children: bool = False
    reviewed: bool = True
    version: int = 1


OWN = (
    Wording(
        "en",
        "May we share this about you?",
        """We would like to give some information about you to another organisation, so that it can help you. We tell you its name and what it would use the information for.

You decide. You can say yes, or no, or yes to some things only. If you say no, we go on helping you. Nobody will be angry.

We share only the kinds of information that you choose, only with this organisation, only for this purpose, and only until the day you choose.

You can change your mind at any time. Tell us, or tell the person who looks after data protection here; you need not give a reason. Then we stop, and we ask the other organisation to erase what it has and to answer us.

Some things cannot be taken back. If the information goes to the police or to a court, it may stay in their files even when you change your mind. We tell you beforehand when this is so.

You may see what we have written about you, and have mistakes put right. We keep it only as long as we must, and we can tell you for how long. For statistics we use only numbers that show nobody.

If anything is unclear, ask us now or later. You may ask for an interpreter, or for somebody you trust to be with you.""",
    ),
    Wording(
        "fr",
        "Pouvons-nous transmettre ces informations sur vous ?",
        """Nous aimerions donner des informations sur vous à une autre organisation, pour qu’elle puisse vous aider. Nous vous disons son nom et ce qu’elle en ferait.

C’est vous qui décidez. Vous pouvez dire oui, ou non, ou oui pour certaines choses seulement. Si vous dites non, nous continuons à vous aider. Personne ne sera fâché.

Nous ne transmettons que les informations que vous choisissez, à cette organisation seulement, dans ce but seulement, et jusqu’au jour que vous choisissez.

Vous pouvez changer d’avis à tout moment. Dites-le-nous, ou dites-le à la personne chargée ici de la protection des données ; vous n’avez pas à donner de raison. Alors nous arrêtons, et nous demandons à l’autre organisation d’effacer ce qu’elle a et de nous répondre.

Certaines choses ne peuvent pas être reprises. Si les informations vont à la police ou à un tribunal, elles peuvent rester dans leurs dossiers même si vous changez d’avis. Nous vous le disons avant.

Vous pouvez voir ce que nous avons écrit sur vous et faire corriger les erreurs. Nous ne le gardons que le temps nécessaire, et nous pouvons vous dire combien de temps. Pour les statistiques, nous n’utilisons que des chiffres qui ne montrent personne.

Si quelque chose n’est pas clair, demandez-nous, maintenant ou plus tard. Vous pouvez demander un interprète, ou la présence de quelqu’un en qui vous avez confiance.""",
    ),
    Wording(
        "en",
        "May we tell others about you?",
        """Other people may be able to help you too. To do that, they need to know some things about you. We tell you who they are and why.

You and the grown-up who looks after you decide together. You can say yes or no. You can also say: this yes, that no. If you say no, we still help you.

You can change your mind later. Just tell us.

If we tell the police or a judge, we may not be able to get it back. We tell you before.

You can see what we have written about you. You can ask us anything.""",
        for_children=True,
    ),
    Wording(
        "fr",
        "Pouvons-nous parler de toi à d’autres ?",
        """D’autres personnes peuvent peut-être t’aider aussi. Pour cela, elles ont besoin de savoir certaines choses sur toi. Nous te disons qui elles sont et pourquoi.

Tu décides avec l’adulte qui s’occupe de toi. Tu peux dire oui ou non. Tu peux aussi dire : ceci oui, cela non. Si tu dis non, nous continuons à t’aider.

Tu peux changer d’avis plus tard. Il suffit de nous le dire.

Si nous en parlons à la police ou à un juge, nous ne pourrons peut-être pas le reprendre. Nous te le disons avant.

Tu peux voir ce que nous avons écrit sur toi. Tu peux nous poser toutes les questions.""",
        for_children=True,
    ),
)


def load_texts(wordings: Iterable[Wording] = OWN, *, using: str = "owner") -> int:
    """Adds what is missing, as the steward; never changes what is there. Returns how many were added."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(f'set local role "{settings.ENTRAIDE_ROLES["steward"]}"')
        texts = AgreementText.objects.using(using)
        known = set(texts.filter(code=CODE).values_list("language", "version", "for_children"))
        new = [
            AgreementText(
                code=CODE,
                version=w.version,
                language=w.language,
                title=w.title,
                body=w.body,
                for_children=w.for_children,
                reviewed=w.reviewed,
            )
            for w in wordings
            if (w.language, w.version, w.for_children) not in known
        ]
        texts.bulk_create(new)
    return len(new)
