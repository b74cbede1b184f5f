"""What Akoma Ntoso 3.0 allows under each element that is written, after the schema of OASIS."""

import re
from xml.etree.ElementTree import Element

from entraide.engines.texts.aknin import TAG
from entraide.engines.texts.safe import parse

HIERARCHY = "part|title|chapter|section|subsection|level|article|paragraph|subparagraph|point|indent|alinea|hcontainer"  # ANhier
UNIT = rf"(num )?(heading )?((intro )?(({HIERARCHY}) )+|content )"
FRBR = "FRBRthis FRBRuri FRBRdate FRBRauthor "
ALLOWED = {
    "akomaNtoso": "(act|doc|statement) ",
    "act": "meta (preface )?(preamble )?body ",
    "doc": "meta (preface )?(preamble )?mainBody ",
    "statement": "meta (preface )?(preamble )?mainBody ",
    "meta": "identification references ",
    "identification": "FRBRWork FRBRExpression FRBRManifestation ",
    "FRBRWork": f"{FRBR}FRBRcountry ",
    "FRBRExpression": f"{FRBR}FRBRlanguage ",
    "FRBRManifestation": FRBR,
    "references": "(TLCOrganization )*",
    "preface": "longTitle ",
    "longTitle": "p ",
    "preamble": "recitals ",
    "recitals": "(num )?(heading )?(recital )+",
    "recital": "(num )?(heading )?p ",
    "body": rf"(({HIERARCHY}) )+",
    "mainBody": rf"(({HIERARCHY}) )+",
    "intro": "p ",
    "content": "p ",
    "p": "(authorialNote )*",
    "heading": "(authorialNote )*",
    "num": "",
    "authorialNote": "p ",
} | dict.fromkeys(HIERARCHY.split("|"), UNIT)
TEXTED = ("p", "heading", "num")


def faults(data: bytes) -> list[str]:
    """Elements with children they may not have, text where none may stand, and ids that stand twice."""
    root = parse(data)
    found = [fault for element in root.iter() for fault in _of(element)]
    ids = [element.get("eId") for element in root.iter() if element.get("eId")]
    return found + [f"{id} twice" for id in set(ids) if ids.count(id) > 1]


def _of(element: Element) -> list[str]:
    name = element.tag.removeprefix(TAG)
    children = "".join(f"{child.tag.removeprefix(TAG)} " for child in element)
    found = [] if re.fullmatch(ALLOWED.get(name, "" if name.startswith(("FRBR", "TLC")) else "$^"), children) else [f"{name}: {children}"]
    loose = (element.text or "") + "".join(child.tail or "" for child in element)
    if loose.strip() and name not in TEXTED:
        found.append(f"{name}: text")
    if re.fullmatch(HIERARCHY, name) and not element.get("eId"):
        found.append(f"{name}: no eId")
    return found
