"""Ids and codes: random identifiers, and receipt numbers with a Damm check digit."""

import uuid

from spean.kernel.text import latin_digits

# H. M. Damm, "Total anti-symmetrische Quasigruppen" (2004): catches every single-digit error and swap.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def new_id() -> uuid.UUID:
    """A random (version 4) id: it tells no time, unlike version 7."""
    return uuid.uuid4()


def new_ids(many: int) -> list[uuid.UUID]:
    """Random ids in ascending order: what is listed by id keeps the order in which it was sent, and tells no time."""
    return sorted(new_id() for _each in range(many))


def check_digit(digits: str) -> str:
    """The Damm check digit of a string of 0-9."""
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return str(interim)


def with_check_digit(digits: str) -> str:
    """`digits` and their check digit."""
    return digits + check_digit(digits)


def has_good_check_digit(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it."""
    return digits.isascii() and digits.isdigit() and check_digit(digits) == "0"


def group(code: str, size: int = 4) -> str:
    """`code` in groups of `size` with a space between, easier to copy by hand."""
    return " ".join(code[i : i + size] for i in range(0, len(code), size))


def only_digits(typed: str) -> str:
    """The digits in what somebody typed, in Latin or Khmer script."""
    return "".join(c for c in latin_digits(typed) if c in "0123456789")
