"""The words by which tables name their columns and groups, in English, French and Spanish, as codes.

The column names of the Global Report's data (Iso3_code, Dimension, Category, txtVALUE …) are from memory and not checked against a file of
its publisher.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from babel import Locale
from babel.core import get_global

TOTAL, UNKNOWN, OTHER = "_T", "_U", "_O"
Codes = Mapping[str, str]

_HEADS = {
    "area": "iso3_code iso3 iso2 iso_3 iso code|country code|country|country name|country or territory|country/territory|state|territory|"
    "reporting country|ref_area|reference area|geo|pays|etat|etat declarant|pais|area",
    "year": "year time_period|time period|period|annee|an|ano|reference year",
    "indicator": "indicator indicateur indicador measure variable",
    "dimension": "dimension",
    "category": "category categorie categoria group|groupe|breakdown|status",
    "sex": "sex sexe sexo gender genre",
    "age": "age age group|age_group|groupe d'age|edad",
    "form": "form form of exploitation|exploitation|type of exploitation|purpose|forme|forme d'exploitation|forma de explotacion",
    "citizenship": "citizenship nationality country of citizenship|country of origin|nationalite|nacionalidad",
    "value": "value txtvalue obs_value count number total number|number of persons|number of victims|valeur|nombre|effectif|valor|n|"
    "persons|victims",
    "low": "low lower lower bound|minimum",
    "high": "high upper upper bound|maximum",
    "unit": "unit unit of measurement|unit_measure|unite|unidad|unite de mesure",
    "context": "region subregion sub-region|source|source name|note|notes|footnote|footnotes|remarks|comment|comments|id|m49|m49_code|"
    "m49 code|structure|structure_id|action|dataflow|obs_status|conf_status|definition|smallest|region name|quelle|origen",
}  # fmt: skip
_CODES: dict[str, dict[str, str]] = {
    "total|all|both sexes|all ages|ensemble|toutes|tous|todos|grand total|all forms|any": {},
    "female|females|f|feminin|femenino|mujer": {"sex": "F"},
    "male|males|m|masculin|masculino|hombre": {"sex": "M"},
    "another gender|other gender|non-binary|autre genre": {"sex": OTHER},
    "women|woman|femmes|mujeres|adult female|adult females|female adults": {"sex": "F", "age": "Y_GE18"},
    "men|man|hommes|hombres|adult male|adult males|male adults": {"sex": "M", "age": "Y_GE18"},
    "girls|girl|filles|ninas|female children|female child": {"sex": "F", "age": "Y0T17"},
    "boys|boy|garcons|ninos|male children|male child": {"sex": "M", "age": "Y0T17"},
    "0 to 17 years|0-17|0-17 years|0 to 17|under 18|under 18 years|<18|children|child|minors|mineurs|enfants|moins de 18 ans|"
    "y0t17|menores": {"age": "Y0T17"},
    "18 years or over|18 years and over|18 and over|18+|adults|adult|adultes|18 ans et plus|y_ge18|adultos": {"age": "Y_GE18"},
    "unknown|not known|unspecified|not specified|age unknown|sex unknown|inconnu|non precise|desconocido|_u": {"": UNKNOWN},
    "sexual exploitation|exploitation sexuelle|explotacion sexual": {"form": "SEX"},
    "forced labour|forced labor|forced labour, servitude and slavery like|travail force|trabajo forzoso|labour exploitation": {
        "form": "LAB"
    },
    "domestic servitude|servitude": {"form": "DOM"},
    "begging|forced begging|exploitative begging|mendicite forcee|mendicite|mendicidad": {"form": "BEG"},
    "forced criminality|forced criminal activity|criminal activity|criminalite forcee": {"form": "CRI"},
    "forced marriage|mariage force|matrimonio forzado": {"form": "MAR"},
    "illegal adoption|sale of children|baby selling|adoption illegale": {"form": "ADO"},
    "surrogacy": {"form": "SUR"},
    "organ removal|removal of organ|removal of organs|prelevement d'organes|extraccion de organos": {"form": "ORG"},
    "child soldiers|armed recruitment|recrutement arme": {"form": "SOL"},
    "child labour|travail des enfants": {"form": "CHL"},
    "mixed forms|mixed|multiple forms|several forms|formes multiples": {"form": "MIX"},
    "other forms|other purposes|other form|autres formes|other": {"form": "OTH"},
    "domestic|own citizens|national|nationals|nationaux": {"category": "domestic"},
    "foreign|foreign citizens|abroad|foreigners|etrangers": {"category": "foreign"},
}
_INDICATORS = (
    (r"population", "population"),
    (r"repatri|rapatri", "tip.repatriated"),
    (r"convict|condamn", "tip.convicted"),
    (r"prosecut|poursuiv", "tip.prosecuted"),
    (r"suspect|arrest|investigat|formal contact|cautioned|mis en cause|mises en cause", "tip.contact"),
    (r"victim|detected|person.*traffick", "tip.victims"),
    (r"offence|offense|infraction|crimes recorded", "tip.offences"),
)
_UN_NAMES = {
    "bolivia (plurinational state of)": "BO", "iran (islamic republic of)": "IR", "russian federation": "RU", "viet nam": "VN",
    "republic of moldova": "MD", "turkiye": "TR", "turkey": "TR", "united states of america": "US", "republic of korea": "KR",
    "lao people's democratic republic": "LA", "syrian arab republic": "SY", "united republic of tanzania": "TZ", "cote d'ivoire": "CI",
    "venezuela (bolivarian republic of)": "VE", "north macedonia": "MK", "czechia": "CZ", "czech republic": "CZ", "brunei darussalam": "BN",
    "democratic republic of the congo": "CD", "congo": "CG", "eswatini": "SZ", "cabo verde": "CV", "micronesia (federated states of)": "FM",
    "united kingdom of great britain and northern ireland": "GB", "netherlands (kingdom of the)": "NL", "the netherlands": "NL",
    "state of palestine": "PS", "timor-leste": "TL", "myanmar": "MM", "china, hong kong sar": "HK", "china, macao sar": "MO",
}  # fmt: skip


def normal(text: str) -> str:
    """Lower case, no accents, one blank at a time, no marks around."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).lower()
    return re.sub(r"\s+", " ", plain).strip(" \t:*#;.\u200e\u200f\ufeff")


@cache
def heads() -> dict[str, str]:
    """{name of a column: its role}."""
    found: dict[str, str] = {}
    for role, names in _HEADS.items():
        first, _bar, rest = names.partition("|")
        words = first.split(" ") if role != "age" else ["age", "age group"]
        for name in [*words, first, *rest.split("|")]:
            found.setdefault(name, role)
    return found


@cache
def groups() -> dict[str, dict[str, str]]:
    """{word of a group: its codes}."""
    return {name: codes for names, codes in _CODES.items() for name in names.split("|")}


def group(text: str, dimension: str = "") -> dict[str, str] | None:
    """The codes of a word, in a column of this dimension where that is known; None for a word that is not known."""
    plain = normal(text)
    if not plain or plain in {"_t", "-"}:
        return {}
    if plain == "other" and dimension in {"sex", "citizenship", "category", "age"}:
        return {dimension: OTHER if dimension == "sex" else text.strip()}
    found = groups().get(plain)
    if found is None:
        return None
    return {name or dimension or "category": code for name, code in found.items()}


def indicator(text: str) -> str:
    """The tag of an indicator by the words that a source uses for it; "other" for none of ours."""
    plain = normal(text)
    return next((tag for pattern, tag in _INDICATORS if re.search(pattern, plain)), "other")


@cache
def _areas() -> dict[str, str]:
    names = {normal(name): code for name, code in _UN_NAMES.items()}
    skipped = {"EU", "EZ", "UN", "QO", "ZZ"}
    known = [str(code) for code in Locale("en").territories if re.fullmatch("[A-Z]{2}", str(code)) and code not in skipped]
    for language in ("ru", "ar", "zh", "es", "fr", "en"):
        territories = Locale(language).territories
        names |= {normal(str(territories[code])): code for code in known if code in territories}
    aliases = get_global("territory_aliases")
    names |= {old.lower(): new[0] for old, new in aliases.items() if len(old) == 3 and old.isalpha() and new[0] in known}
    return names | {code.lower(): code for code in known}


def area(text: str) -> str:
    """ISO 3166-1 alpha-2 of a State by its name or code; otherwise the text as it stands."""
    return _areas().get(normal(text), text.strip())


def is_area(text: str) -> bool:
    """Whether this names a State that we know."""
    return normal(text) in _areas()
