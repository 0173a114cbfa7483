"""What a check found, in words that a report or a travel plan can hold. In the reader's language, as plain text."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from spean.kernel import text
from spean.surfaces.templatetags.spean import digits

OF_REPORT, OF_PLAN = 3600, 1400  # letters: of what the field takes, the rest is for the person's own words
QUOTE = 160  # letters of the contract's own words
AFTER = "…"


def of_contract(answer: Mapping[str, Any], most: int = OF_REPORT) -> str:
    """The answer about a contract: each finding with the words in which it was seen; what is missing, what was not read."""
    heads = {
        "flags": _("The check of a contract found this:"),
        "none_found": _("The check of a contract found none of what it looks for."),
    }
    lines = [_finding(each) for each in answer["findings"]]
    if answer["missing"]:
        clauses = "; ".join(lack.name for lack in answer["missing"])
        lines.append(_("Not found in the text: %(clauses)s.") % {"clauses": clauses})
    last = [_("Page %(n)s could not be read.") % {"n": digits(n)} for n in answer.get("unread_pages", ())]
    last.append(_("Written in: %(language)s.") % {"language": answer["written_in"]})
    return _fitting(heads.get(answer["ending"], _("The check could not read the contract.")), lines, last, most)


def _finding(found: Any) -> str:
    quotes = [_("“%(words)s”") % {"words": _short(words)} for words in found.words]
    return " ".join(filter(None, [f"{digits(found.number)}. {found.name}:", *quotes, found.figure]))


def of_offer(answer: Mapping[str, Any]) -> str:
    """The answer of the check of an offer: each sign with the answer that raised it."""
    strong = _("Strong sign")
    found = [f"- {each.question} {each.answer}.{f' {strong}.' if each.strong else ''}" for each in answer["signs"]]
    head = _("The check of a job offer found this:") if found else _("The check of a job offer found no sign in the answers.")
    return _fitting(head, found, [], OF_REPORT)


def _short(words: str) -> str:
    return words if len(words) <= QUOTE else words[:QUOTE].rstrip() + AFTER


def _fitting(head: str, lines: Iterable[str], last: Sequence[str], most: int) -> str:
    """Whole lines as long as there is room, and how many there are besides: nothing is cut off without saying so."""
    taken, left = [head], 0
    room = most - len("\n".join([head, *last]))
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            left += 1
        else:
            taken.append(line)
    if left:
        taken.append(_("And more that did not fit here: %(n)s.") % {"n": digits(left)})
    return text.clean(text.BIDI.sub("", "\n".join([*taken, *last])))
