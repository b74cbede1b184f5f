"""Filing the facts about instruments as the steward; what is there already is brought up to date, never doubled."""

from dataclasses import asdict
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction

from entraide.engines.texts.model import DocumentKind, Footnote, Kind, Node, Text
from entraide.features.texts import queries
from entraide.features.texts import services as texts
from entraide.features.texts.models import Document, Version
from entraide.features.treaties import facts
from entraide.features.treaties.models import Act, Instrument
from entraide.kernel.audit.services import entry
from entraide.kernel.base import clock

LANGUAGES = ("en", "fr")
SUMMARY = {
    "en": "A summary made for Entraide, not the official wording: {official}.",
    "fr": "Résumé fait pour Entraide, et non le texte officiel : {official}.",
}


def load_instruments(*, using: str = "owner") -> int:
    """Instruments, their provisions by number, heading and summary, and every act; returns how many acts there are."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(f'set local role "{settings.ENTRAIDE_ROLES["steward"]}"')
        for fact in sorted(facts.instruments().values(), key=lambda fact: bool(fact.parent)):
            _file_instrument(fact, using)
        return _file_acts(using)


def name_depositary(instrument: Instrument, body: UUID, *, using: str = "owner") -> None:
    """Whoever runs the node says which body records as depositary; written down without a post, since nobody signed in."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(f'set local role "{settings.ENTRAIDE_ROLES["steward"]}"')
        Instrument.objects.using(using).filter(pk=instrument.pk).update(depositary_body=body)
        entry(by=None, action="treaties.name_depositary", holder=body, kind="treaty", object_id=instrument.pk).save(
            using=using, force_insert=True
        )


def _file_instrument(fact: facts.Instrument, using: str) -> None:
    given = {
        "acronym": fact.acronym, "names": dict(fact.names), "binding": fact.binding, "adopted_on": fact.adopted_on, "place": fact.place,
        "depositary": fact.depositary, "reach": fact.reach, "rule": dict(fact.rule_json),
        "coverage": [
            asdict(each) for each in fact.coverage
        ],
        "source": fact.source, "as_of": fact.as_of, "confirmed": fact.confirmed,
        "parent": Instrument.objects.using(using).filter(slug=fact.parent).first(),
        "document": _document(fact, using),
    }  # fmt: skip
    Instrument.objects.using(using).update_or_create(slug=fact.slug, defaults=given)


def _document(fact: facts.Instrument, using: str) -> Document:
    given = {
        "kind": "treaty" if fact.binding else "memorandum", "titles": dict(fact.names), "published": True, "source": fact.source,
        "as_of": fact.as_of, "confirmed": fact.confirmed, "summary_of": fact.official, "official_url": fact.official_url,
    }  # fmt: skip
    document, _new = Document.objects.using(using).update_or_create(slug=fact.slug, defaults=given)
    told = [skeleton(fact, language) for language in LANGUAGES]
    last = Version.objects.using(using).filter(document=document, published=True).order_by("-number").first()
    if last is None or not all(_stands(last, text, using) for text in told):
        version = Version.objects.using(using).create(
            document=document, number=last.number + 1 if last else 1, published=True, published_at=clock.now(), adopted_on=fact.adopted_on
        )
        for text in told:
            texts.write(version, text, using=using)
    return document


def _stands(version: Version, text: Text, using: str) -> bool:
    here = queries.languages(version, using=using)
    return text.language in here and queries.tree(version, text.language, using=using) == text


def skeleton(fact: facts.Instrument, language: str) -> Text:
    """The provisions of an instrument by number, heading and summary; the title's note says that it is a summary, in files too."""

    def node(each: facts.ProvisionFact) -> Node:
        below = tuple(node(child) for child in fact.provisions if child.eid.rpartition("__")[0] == each.eid)
        kind = Kind.ARTICLE if each.eid.startswith("art_") else Kind.POINT if "__" in each.eid else Kind.SECTION
        return Node(each.eid, kind, each.number, each.headings[language], each.summaries.get(language, ""), children=below)

    roots = tuple(node(each) for each in fact.provisions if "__" not in each.eid)
    title = fact.names[language]
    note = Footnote("fn_summary", "*", SUMMARY[language].format(official=fact.official), len(title))
    return Text(title, language, DocumentKind.ACT, roots, (note,))


def _file_acts(using: str) -> int:
    ids = dict(Instrument.objects.using(using).values_list("slug", "pk"))
    known = set(Act.objects.using(using).filter(holder__isnull=True).values_list("instrument__slug", "state", "kind", "on"))
    new = [
        Act(
            instrument_id=ids[act.instrument], state=act.state, kind=act.kind, on=act.on, source=act.source, as_of=act.as_of,
            confirmed=act.confirmed, note=act.note, recorded_force=act.recorded_force,
        )
        for act in facts.acts()
        if (act.instrument, act.state, act.kind, act.on) not in known
    ]  # fmt: skip
    Act.objects.using(using).bulk_create(new)
    return len(facts.acts())
