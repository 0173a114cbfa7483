"""Names: the one a person signs in with, in one form however it is typed, and the one that colleagues read."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from spean.kernel.errors import Invalid
from spean.kernel.text import clean, has_lone_surrogate, reverses_direction

LONGEST_SIGN_IN, LONGEST = 40, 80
#: Khmer vowel signs and the coeng are marks, not letters
_SIGN_IN = re.compile(r"[^\W_][\w\u17b4-\u17d3.\-]{2,}")


def sign_in_name(typed: str) -> str:
    """A sign-in name in the one form that is stored and looked up: NFKC, no capitals, no space."""
    return "".join(unicodedata.normalize("NFKC", clean(typed)).casefold().split())


def checked_sign_in_name(typed: str) -> str:
    """As `sign_in_name`, or Invalid."""
    name = sign_in_name(typed)
    wrong = has_lone_surrogate(name) or reverses_direction(name) or not _SIGN_IN.fullmatch(name)
    if wrong or len(name) > LONGEST_SIGN_IN:
        raise Invalid({"username": _("Use 3 to 40 letters, digits, dots or dashes, and begin with a letter or a digit.")})
    return name


def checked_name(typed: str) -> str:
    """A person's name on one line, or Invalid."""
    name = " ".join(clean(typed).split())
    if not name or len(name) > LONGEST:
        raise Invalid({"name": _("Write a name of up to 80 letters.")})
    if has_lone_surrogate(name) or reverses_direction(name):
        raise Invalid({"name": _("This name holds signs that hide how it reads. Type it again.")})
    return name
