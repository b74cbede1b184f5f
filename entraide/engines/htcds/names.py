"""Which field a heading names, in the spelling of the field table (prs_FirstName) or of the survey form (prs_First_Name)."""

import difflib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from entraide.engines.htcds.catalogue import FIELDS, code_for
from entraide.engines.htcds.model import Type

# The only names that the standard's survey form writes differently; it also says nationality for citizenship.
XLSFORM: dict[str, str] = {
    "prs_FirstName": "prs_First_Name",
    "prs_SecondName": "prs_Second_Name",
    "prs_Citizenship": "prs_Nationality",
    "vic_MethodsOfControl": "vic_Methods_of_Control",
}
SOURCES: tuple[str, ...] = ("_uuid", "_id", "Id", "CaseNumber", "cas_CaseNumber", "record_id", "instanceID")
"""Columns that carry the case's number in the system it comes from; where there are several, the first of these counts."""

# fmt: off
_METADATA = (
    "start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "audit", "rootUuid", "deprecatedID",
    "instanceName", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by", "_tags", "_index", "_parent_index",
    "_parent_table_name", "_submission__id", "_submission__uuid", "_version_", "__version__", "_xform_id_string", "_attachments",
    "_geolocation", "_bamboo_dataset_id", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp",
    "OwnerId", "IsDeleted", "RecordTypeId", "LastActivityDate", "LastViewedDate", "LastReferencedDate",
)
# fmt: on


class Role(StrEnum):
    """What a column is for."""

    FIELD = "field"
    CHOICE = "choice"
    SOURCE = "source"
    METADATA = "metadata"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading means: a field, one value of a multiselect (`choice`), a case number, a tool's own data, or nothing known."""

    role: Role
    field: str = ""
    choice: str = ""
    rank: int = 0


def key(heading: str) -> str:
    """A heading without what spellings differ in: case, blanks, underscores, byte order mark."""
    return "".join(heading.replace("\ufeff", "").replace("_", "").casefold().split())


_FIELD_KEYS = {key(name): name for name in FIELDS} | {key(form): name for name, form in XLSFORM.items()}
_SOURCE_KEYS = {key(name): rank for rank, name in reversed(list(enumerate(SOURCES)))}
_METADATA_KEYS = frozenset(key(name) for name in _METADATA)


@cache
def recognise(heading: str) -> Heading:
    """What a heading means. Survey tools put groups before a name (group/prs_First_Name) and give a multiselect a
    column per value (vic_Methods_of_Control/DebtBondage)."""
    path = heading.split("/")
    last = key(path[-1])
    parent = _FIELD_KEYS.get(key(path[-2]), "") if len(path) > 1 else ""
    if parent and FIELDS[parent].type is Type.MULTISELECT:
        choice = code_for(FIELDS[parent], path[-1])
        return Heading(Role.CHOICE, parent, choice) if choice else Heading(Role.UNKNOWN, parent)
    if last in _FIELD_KEYS:
        return Heading(Role.FIELD, _FIELD_KEYS[last])
    # formhub/uuid names the form: it is the same in every row.
    if last in _METADATA_KEYS or (last == "uuid" and len(path) > 1):
        return Heading(Role.METADATA)
    if last in _SOURCE_KEYS:
        return Heading(Role.SOURCE, rank=_SOURCE_KEYS[last])
    return Heading(Role.UNKNOWN)


def is_xlsform(heading: str) -> bool:
    """Whether a heading can only come from a survey form: grouped, or in the form's own spelling."""
    name = recognise(heading).field
    return bool(name) and ("/" in heading or (name in XLSFORM and heading.strip("\ufeff ").casefold() == XLSFORM[name].casefold()))


def spelled(field_id: str, spelling: str) -> str:
    """A field's name in the spelling "ods" or "xlsform"."""
    return XLSFORM.get(field_id, field_id) if spelling == "xlsform" else field_id


def nearest(heading: str) -> str | None:
    """The field whose name or label is most like an unknown heading; None where none is."""
    wanted = key(heading.split("/")[-1])[:80]
    return next((_candidates()[name] for name in difflib.get_close_matches(wanted, _candidates(), n=1, cutoff=0.7)), None)


@cache
def _candidates() -> dict[str, str]:
    labels = {key(field.label): field.id for field in reversed(list(FIELDS.values())) if field.label}
    bare = {name.partition("_")[2].casefold(): name for name in reversed(list(FIELDS))}
    return labels | bare | _FIELD_KEYS
