"""Canonical forms of telephone numbers and e-mail addresses."""

import re
import unicodedata

import phonenumbers

from .text import LONGEST, fold_digits, visible

_LONGEST_ADDRESS = 254  # RFC 5321 section 4.5.3.1.3, without the angle brackets
_OLD_MEXICAN_MOBILE = re.compile(r"^\+\s?52[\s-]?1[\s-]?(?=(?:\d[\s-]?){10}$)")  # the 1 was abolished in 2019 and is still typed


def phone_form(text: str, region: str | None) -> str | None:
    """Returns the number in E.164 ("+33612345678"; ITU-T E.164 section 6), or None where it is not a possible international number.

    `region`: ISO 3166-1 alpha-2 code of the country in which a national number is meant; unknown codes count as None, and then only
    numbers with + or 00 are read. Digits of any script. Extensions are dropped. "Possible" is by length, not by allotted range,
    since ranges are allotted faster than libraries learn of them. Placeholders of one repeated digit give None. Never raises.
    """
    plain = fold_digits(visible(text)).strip()
    if len(text) > LONGEST:
        return None
    known_region = region.upper() if region and region.upper() in phonenumbers.SUPPORTED_REGIONS else None
    if known_region is None and plain.startswith("00"):
        plain = "+" + plain[2:]
    try:
        number = phonenumbers.parse(_OLD_MEXICAN_MOBILE.sub("+52", plain), known_region)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    if len(set(str(number.national_number))) == 1:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def email_form(text: str) -> str | None:
    """Returns the address, case folded, in NFKC, with the domain in ASCII (IDNA, RFC 3490), or None where it is not one address.

    No provider's own rules: dots and +tags count. Upper case of the part before the @ does not, though RFC 5321 section 2.4 would
    allow it to. Domains with ß meet those with ss (IDNA 2003). Never raises.
    """
    if len(text) > LONGEST + _LONGEST_ADDRESS:
        return None
    address = unicodedata.normalize("NFKC", visible(text).casefold()).strip()
    local, _, domain = address.rpartition("@")
    if not local or re.search(r"[\s<>@,;]", local):
        return None
    try:
        ascii_domain = domain.removesuffix(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", ascii_domain):
        return None
    form = f"{local}@{ascii_domain}"
    return form if len(form) <= _LONGEST_ADDRESS else None
