"""Evidence files under answers: added, opened, removed. The row policy of a file is its reply's; its bytes are sealed.

An answer to a question that asks for a file names the keys of its files; a further edition of the reply keeps the same keys.
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entraide.features.questionnaires import queries, rules
from entraide.features.questionnaires.choices import QuestionKind
from entraide.features.questionnaires.models import Answer, Attachment, Question, Reply
from entraide.features.questionnaires.outline import outline
from entraide.features.questionnaires.saving import Given, save
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import refuse, require
from entraide.kernel.audit.choices import Outcome
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.files.checks import checked
from entraide.kernel.files.sealed import open_file, seal_file

MOST = 20


@transaction.atomic
def add_file(*, by: Acting, reply: Reply, question: Question, instance: int, name: str, data: bytes) -> Attachment:
    """Adds a file to an answer: checked, sealed, kept beside the reply."""
    whole = outline(reply.circulation.questionnaire)
    require(rules.may_write(by, reply, question, whole, list(queries.assignments(reply))))
    if question.kind != QuestionKind.FILE:
        require(refuse("no_file", _("This question does not ask for a file.")))
    file = checked(name, data)
    there = _keys(reply, question, instance)
    if len(there[0]) >= MOST:
        require(refuse("enough", _("An answer takes %(most)d files at most.") % {"most": MOST}))
    digest = _digest(file.data)
    same = Attachment.objects.filter(reply=reply, question=question, instance=instance, digest=digest, removed_at__isnull=True).first()
    if same is not None:
        return same  # sent twice
    key, sealed = seal_file(reply.holder, belongs_to=reply.addressee_id, data=file.data)
    row = Attachment.objects.create(
        reply=reply, question=question, instance=instance, name=file.name, kind=file.kind, size=len(file.data), digest=digest, key=key,
        sealed=sealed, written_by=by.post,
    )  # fmt: skip
    _name(by, reply, question, instance, [*there[0], str(key)], there[1])
    record(by=by, action="questionnaires.add_file", kind="reply", object_id=reply.pk, holder=reply.holder, detail={"size": row.size})
    return row


def _digest(data: bytes) -> str:
    from hashlib import sha256

    return sha256(data).hexdigest()


def _keys(reply: Reply, question: Question, instance: int) -> tuple[list[str], int]:
    row = Answer.objects.filter(reply=reply, question=question, instance=instance).first()
    return (list(row.value or []), row.version) if row else ([], 0)


def _name(by: Acting, reply: Reply, question: Question, instance: int, keys: list[str], version: int) -> None:
    save(by=by, reply=reply, given={(question.pk, instance): Given(keys or None, version)})


@transaction.atomic
def remove_file(*, by: Acting, reply: Reply, attachment: Attachment) -> None:
    """Takes a file from an answer while the reply is written; its sealed bytes stay with the history."""
    whole = outline(reply.circulation.questionnaire)
    require(rules.may_write(by, reply, attachment.question, whole, list(queries.assignments(reply))))
    attachment.removed_at = clock.now()
    attachment.save(update_fields=["removed_at"])
    keys, version = _keys(reply, attachment.question, attachment.instance)
    _name(by, reply, attachment.question, attachment.instance, [key for key in keys if key != str(attachment.key)], version)
    record(by=by, action="questionnaires.remove_file", kind="reply", object_id=reply.pk, holder=reply.holder)


def open_evidence(*, by: Acting, reply: Reply, key: UUID) -> tuple[Attachment, bytes] | None:
    """A file of a reply that the reader may see, opened; the opening is written down. None where there is no such file."""
    row = Attachment.objects.filter(reply=reply, key=key).first()
    if row is None:
        return None
    data = open_file(row.key, belongs_to=reply.addressee_id, sealed=bytes(row.sealed))
    record(by=by, action="questionnaires.open_file", outcome=Outcome.READ, kind="reply", object_id=reply.pk, holder=reply.holder)
    return row, data
