"""Telephone numbers as people write them, made sure of by country.

The traps are those of a real list: a foreign hotline under thirteen countries, several numbers in a cell, old prefixes, short
codes written as if one could call them from abroad.
"""

import re
from dataclasses import dataclass
from typing import Any

import phonenumbers
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException, PhoneNumberFormat, shortnumberinfo

from spean.directory.enums import NumberKind, Remark
from spean.kernel.text import clean, latin_digits

SHORT_DIGITS = range(3, 6)
LONGEST = 60
#: no country gives such a number to anybody
IMPOSSIBLE = "000000"
_ALLOWED = re.compile(r"\+?[0-9 ().\-]+")
_SEVERAL = re.compile(r"[/;,\n]| or | និង |ឬ")
_BRACKETS = re.compile(r"\([^()0-9]*\)")

UNREADABLE = _("Write only digits, a plus sign at the front, spaces and dashes.")
ABROAD = _("This number belongs to another country. A hotline of another country helps nobody here.")
SHORT_ABROAD = _("A short number works inside its country only. Write it without the code of the country.")
NOT_GIVEN_OUT = _("No telephone in this country has a number like this. It may have an old prefix, or a digit is missing.")
NOT_FOR_LIFE = _("This number is only for demonstrations.")


class BadNumber(ValueError):
    """A number that cannot be called, with the reason in the reader's language."""

    def __init__(self, reason: Any) -> None:
        self.reason = reason
        super().__init__(str(reason))


@dataclass(frozen=True)
class Number:
    """A number that can be called: `digits` is what makes two of them the same one."""

    country: str
    digits: str  # E.164 with its plus, or a short code alone
    kind: str
    shown: str
    remark: str = ""


def split(text: str) -> list[str]:
    """The numbers of a cell, without words in brackets: "023 997 919 / 1288 (free)" is two."""
    return [part.strip() for part in _SEVERAL.split(_BRACKETS.sub(" ", clean(latin_digits(text)))) if part.strip()]


def read(text: str, country: str, *, demonstration: bool = False) -> Number:
    """One number of a country (ISO 3166, two letters); `BadNumber` with the reason when nobody could call it."""
    typed = " ".join(clean(latin_digits(text)).split())
    if len(typed) > LONGEST or not _ALLOWED.fullmatch(typed) or not any(c.isdigit() for c in typed):
        raise BadNumber(UNREADABLE)
    digits = re.sub(r"[^0-9+]", "", typed)
    if digits.startswith(IMPOSSIBLE):
        if not demonstration:
            raise BadNumber(NOT_FOR_LIFE)
        return Number(country, digits, NumberKind.DEMONSTRATION, typed)
    return _short(digits, country) if len(digits) in SHORT_DIGITS and "+" not in digits else _long(typed, digits, country)


def _short(digits: str, country: str) -> Number:
    try:
        found = phonenumbers.parse(digits, country)
    except NumberParseException:  # like 001, with which calls to other countries begin
        raise BadNumber(NOT_GIVEN_OUT) from None
    listed = shortnumberinfo.is_valid_short_number_for_region(found, country)
    return Number(country, digits, NumberKind.SHORT, digits, "" if listed else Remark.UNLISTED)


def _long(typed: str, digits: str, country: str) -> Number:
    try:
        found = phonenumbers.parse(digits, country)
    except NumberParseException:
        raise BadNumber(NOT_GIVEN_OUT) from None
    code = phonenumbers.country_code_for_region(country)
    if found.country_code != code:
        raise BadNumber(ABROAD)
    if "+" in digits and len(str(found.national_number)) in SHORT_DIGITS:
        raise BadNumber(SHORT_ABROAD)
    if not phonenumbers.is_valid_number_for_region(found, country):
        raise BadNumber(NOT_GIVEN_OUT)
    shown = phonenumbers.format_number(found, PhoneNumberFormat.INTERNATIONAL)
    national = phonenumbers.format_number(found, PhoneNumberFormat.NATIONAL)
    as_written = re.sub(r"[.\-()]", " ", typed)
    same = " ".join(as_written.split()) in {" ".join(re.sub(r"[.\-()]", " ", way).split()) for way in (shown, national)}
    plain = " " not in typed.strip("+")
    e164 = phonenumbers.format_number(found, PhoneNumberFormat.E164)
    return Number(country, e164, NumberKind.LINE, shown, "" if same or plain else Remark.REGROUPED)
