"""Texts: a document, its immutable versions, its provisions with permanent ids, and their wording in each version and language."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from entraide.features.texts.choices import DocumentKind
from entraide.kernel.base.models import Record
from entraide.kernel.base.names import localised


class Shelved(Record):
    """A row that its holder's body sees while it is a draft, and everybody once it is published."""

    holder = models.UUIDField(editable=False, null=True, help_text="the body that keeps it; empty for the facts that come with Entraide")
    published = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Document(Shelved):
    """A text that others point at."""

    urn_kind = "text"

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=DocumentKind.choices)
    titles = models.JSONField(help_text="{language: title}")
    source = models.CharField(max_length=300, blank=True)
    as_of = models.CharField(max_length=40, blank=True)
    confirmed = models.BooleanField(default=True)
    summary_of = models.CharField(
        max_length=300, blank=True, help_text="where the official wording is published; what stands here is then a summary"
    )
    official_url = models.URLField(max_length=300, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(titles={}), name="text_has_a_title")]

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return localised(self.titles)

    def get_absolute_url(self) -> str:
        """The text as last published."""
        return reverse("texts:text", args=[self.slug])


class Version(Shelved):
    """The text at one time; once published it never changes."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    adopted_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    made_by = models.UUIDField(null=True)
    published_at = models.DateTimeField(null=True)
    doubts = models.JSONField(default=list, help_text="what the importer could not place: [{language, line, code, text}]")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(published=False, published_at__isnull=True) | Q(published=True, published_at__isnull=False),
                name="published_when",
            ),
        ]


class Provision(Shelved):
    """A place in a text that keeps its id through all versions and languages: what everything else points at."""

    urn_kind = "provision"

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="provisions")
    eid = models.CharField(max_length=120, help_text="Akoma Ntoso eId, e.g. art_3__para_a")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "eid"], name="provision_once")]

    def get_absolute_url(self) -> str:
        """This place, in every language and version."""
        return reverse("texts:provision", args=[self.document.slug, self.eid])


class Wording(Shelved):
    """What a provision says in one version and language; a trigger keeps it as it was written."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="wordings")
    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="wordings")
    language = models.CharField(max_length=12)
    place = models.PositiveIntegerField(help_text="order of reading")
    depth = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=60, blank=True)
    heading = models.TextField(blank=True)
    text = models.TextField(blank=True)
    footnotes = models.JSONField(default=list, help_text="[{id, mark, text, at, place}]")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "language", "provision"], name="worded_once"),
            models.UniqueConstraint(fields=["version", "language", "place"], name="one_at_a_place"),
        ]


class Heading(Shelved):
    """The title of a version in one language, and the notes that belong to no provision."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="headings")
    language = models.CharField(max_length=12)
    title = models.TextField()
    form = models.CharField(max_length=12, help_text="Akoma Ntoso document type: act, statement or doc")
    notes = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "language"], name="one_title_per_language")]
