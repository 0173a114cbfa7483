"""The check itself: the text is folded once, every rule of the languages in it looks at it, and an ending is named."""

from collections import defaultdict

from spean.checks.contract import folding, knowledge, numbers
from spean.checks.contract import language as naming
from spean.checks.contract.answers import Ending, Figure, Finding, Missing, Reading, Spot
from spean.checks.contract.cues import Lines
from spean.checks.contract.language import Language

MOST_SPOTS = 6  # of one check: more tell nothing new
OF_MONEY = ("C03", "C05", "C25")  # the share of the wage is told beside these
LEAST_SHARE = 0.02  # of the letters: less is a name in another script
LEAST_OF_LATIN = 0.1  # of the Latin letters: what English and Malay share must not be taken for the other
Places = dict[str, list[tuple[int, int, Figure | None]]]


def check(text: str) -> Reading:
    """What worries us in the text of a contract, what is missing, and how it ends. Never raises, whatever the text."""
    language, unread = naming.name(text)
    folded = folding.fold(text)
    languages = _to_read(folded.text)
    lines = Lines(folded.text)
    findings = tuple(_finding(code, places, folded, text) for code, places in sorted(_places(lines, languages).items()))
    findings = tuple(f for f in findings if f.spots)
    if language == Language.UNKNOWN:
        return Reading(language, Ending.FLAGS if findings else Ending.UNREAD, findings, unread_part=True)
    present = tuple(code for code in knowledge.clauses() if _is_there(code, lines, languages))
    missing = tuple(Missing(c, m.name, m.ask, m.source) for c, m in knowledge.clauses().items() if c not in present)
    ending = Ending.FLAGS if findings else Ending.UNREAD if unread else Ending.NONE_FOUND
    return Reading(language, ending, findings, missing, present, unread, wage_unread=not numbers.wages(folded.text, languages))


def _to_read(text: str) -> tuple[str, ...]:
    """The languages whose rules look: all those in whose letters more than a name is written."""
    found = naming.shares(text)
    out = [language for language, script in (("km", "KHMER"), ("th", "THAI")) if found.get(script, 0) >= LEAST_SHARE]
    latin = {name: found.get(name, 0) for name in ("en", "ms")}
    if found.get("other", 0) >= LEAST_SHARE:  # too few small words to tell: both look
        return (*out, *latin)
    return (*out, *(name for name, share in latin.items() if share >= max(LEAST_SHARE, LEAST_OF_LATIN * sum(latin.values()))))


def _places(lines: Lines, languages: tuple[str, ...]) -> Places:
    text = lines.text
    places: Places = defaultdict(list)
    paid = numbers.wages(text, languages)
    for language in languages:
        tongue = knowledge.tongue(language)
        for code, rule in tongue.rules.items():
            for begin, end in rule.find(lines, tongue.grammar):
                figure = numbers.share(text, begin, end, languages, paid) if code in OF_MONEY else None
                places[code].append((begin, end, figure))
        for found in numbers.hours_and_ages(lines, language):
            places[found.code].append((found.begin, found.end, found.figure))
    for found in numbers.below_floor(text, languages):
        places[found.code].append((found.begin, found.end, found.figure))
    return places


def _finding(code: str, places: list[tuple[int, int, Figure | None]], folded: folding.Folded, text: str) -> Finding:
    meaning = knowledge.checks()[code]
    spans = sorted({span for begin, end, _figure in places if (span := folded.place(begin, end))})
    spots: list[Spot] = []
    for start, end in spans:
        over = spots.pop() if spots and start < spots[-1].end else Spot(start, end, "")
        begin, after = min(start, over.start), max(end, over.end)
        spots.append(Spot(begin, after, text[begin:after]))
    return Finding(
        code,
        meaning.name,
        meaning.why,
        meaning.ask,
        meaning.indicators,
        meaning.polarity,
        meaning.source,
        tuple(spots[:MOST_SPOTS]),
        next((figure for _begin, _end, figure in places if figure), None),
    )


def _is_there(code: str, lines: Lines, languages: tuple[str, ...]) -> bool:
    return any(lines.has(knowledge.tongue(language).clauses[code]) for language in languages)
