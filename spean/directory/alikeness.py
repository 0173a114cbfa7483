"""How much two names of recruiters are alike: one spelling, without the words of a company's form, by letters and by sound."""

from difflib import SequenceMatcher

from spean.directory.recruiting import without_form
from spean.kernel.words import plain
from spean.places import spelling

#: from here on two names may be the same one: a person looks
ALIKE = 0.84
_LEAST = 4  # letters: shorter names are alike by chance


def written(name: str) -> str:
    """A name in the one spelling, without spaces and signs."""
    return spelling.folded(plain(without_form(name)))


def likeness(one: str, other: str) -> float:
    """0 to 1, of two names as `written` gives them."""
    if min(len(one), len(other)) < _LEAST:
        return 1.0 if one == other and one else 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0


def is_alike(one: str, other: str) -> bool:
    """Whether two names, as people wrote them, may be the same one: written nearly alike, or said alike."""
    if likeness(written(one), written(other)) >= ALIKE:
        return True
    heard = spelling.sound(without_form(one))
    return len(heard) >= _LEAST and heard == spelling.sound(without_form(other))
