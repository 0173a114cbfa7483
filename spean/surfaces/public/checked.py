"""The answer of a check as a page shows it: plain values in the reader's language, and the text in parts."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spean.checks import contract
from spean.checks.contract import Figure, Finding, Language, Reading, knowledge
from spean.checks.offer import Sign, Weighing
from spean.surfaces.public.checking_forms import ANSWERS
from spean.surfaces.templatetags.spean import day, digits

LANGUAGES = {
    Language.KHMER: gettext_lazy("Khmer"),
    Language.THAI: gettext_lazy("Thai"),
    Language.ENGLISH: gettext_lazy("English"),
    Language.MALAY: gettext_lazy("Malay"),
    Language.MIXED: gettext_lazy("several languages"),
    Language.UNKNOWN: gettext_lazy("a language that we do not know"),
}
UNITS = {"hour": gettext_lazy("an hour"), "day": gettext_lazy("a day"), "month": gettext_lazy("a month")}


class Part(NamedTuple):
    """A stretch of the contract, the numbers of the findings that it belongs to, and those that end with it."""

    text: str
    numbers: tuple[int, ...]
    ends: tuple[int, ...]
    begins: tuple[int, ...]  # whose first words these are


@dataclass(frozen=True)
class Shown:
    """One finding."""

    number: int
    name: str
    why: str
    ask: str
    signs: tuple[str, ...]
    words: tuple[str, ...]
    figure: str


@dataclass(frozen=True)
class Lack:
    """A clause that was not found."""

    name: str
    ask: str


def shown(reading: Reading, text: str, language: str) -> dict[str, Any]:
    """What the page of the answer is made of."""
    findings = [_shown(number, finding, language) for number, finding in enumerate(reading.findings, 1)]
    return {
        "ending": reading.ending.value,
        "written_in": LANGUAGES[reading.language],
        "text_language": reading.language.value if reading.language not in {Language.MIXED, Language.UNKNOWN} else "",
        "findings": findings,
        "missing": [Lack(m.name.of(language), m.ask.of(language)) for m in reading.missing],
        "parts": parts(text, reading.findings),
        "unread_part": reading.unread_part,
        "wage_unread": reading.wage_unread and reading.language != Language.UNKNOWN,
    }


def _shown(number: int, finding: Finding, language: str) -> Shown:
    return Shown(
        number,
        finding.name.of(language),
        finding.why.of(language),
        finding.ask.of(language),
        tuple(knowledge.indicators()[sign].of(language) for sign in finding.indicators),
        tuple(dict.fromkeys(" ".join(spot.words.split()) for spot in finding.spots)),
        _figure(finding.figure, language) if finding.figure else "",
    )


def _figure(figure: Figure, language: str) -> str:
    found, limit = _number(figure.found), _number(figure.limit)
    if figure.kind == "wage":
        money, per = figure.unit.split()
        return _(  # without the lowest wage itself: a figure that nobody has checked is not shown
            "%(found)s %(money)s %(per)s. This is less than the lowest wage in a list that nobody of us has checked yet. Ask "
            "what the lowest wage is now. The list is of %(day)s, from: %(source)s."
        ) % {
            "found": found, "money": money, "per": UNITS[per],
            "day": day(date.fromisoformat(figure.as_of)), "source": figure.told.of(language),
        }  # fmt: skip
    sentences = {
        "hours_day": _("%(found)s hours a day. We look for more than %(limit)s."),
        "hours_week": _("%(found)s hours a week. We look for more than %(limit)s."),
        "from_to": _("%(found)s hours from the first to the last of the day. We look for more than %(limit)s."),
        "age": _("%(found)s years. We look for less than %(limit)s."),
        "share": _("This is %(found)s %% of the monthly wage that we found."),
    }
    return sentences[figure.kind] % {"found": found, "limit": limit}


def _number(value: float) -> str:
    return str(digits(f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"))


def parts(text: str, findings: tuple[Finding, ...]) -> list[Part]:
    """The text, cut where a finding's words begin or end."""
    spans = [(spot.start, spot.end, number) for number, finding in enumerate(findings, 1) for spot in finding.spots]
    first = {number: min(start for start, _end, n in spans if n == number) for _start, _end, number in spans}
    cuts = sorted({0, len(text), *(place for start, end, _n in spans for place in (start, end))})
    out = []
    for begin, end in pairwise(cuts):
        inside = tuple(n for start, after, n in spans if start <= begin and end <= after)
        ends = tuple(n for start, after, n in spans if after == end)
        begins = tuple(dict.fromkeys(n for n in inside if first[n] == begin))
        out.append(Part(text[begin:end], tuple(dict.fromkeys(inside)), ends, begins))
    return out


def check(text: str, language: str) -> dict[str, Any]:
    """Check a contract's text, for a reader of this language."""
    return shown(contract.check(text), text, language)


@dataclass(frozen=True)
class Advice:
    """A question of the offer check: the answer that worries, why, and what to do."""

    question: str
    answer: str
    why: str
    do: str
    strong: bool


def weighed(weighing: Weighing, language: str) -> dict[str, Any]:
    """What the page of an offer's answer is made of."""

    def advice(sign: Sign) -> Advice:
        return Advice(
            sign.question.of(language), str(ANSWERS[sign.worries]), sign.why.of(language), sign.do.of(language), sign.strong
        )

    return {
        "ending": weighing.ending.value,
        "rule": weighing.rule,
        "signs": [advice(sign) for sign in weighing.signs],
        "open": [advice(sign) for sign in weighing.open],
        "answered": weighing.answered,
        "asked": weighing.answered + len(weighing.open),
    }
