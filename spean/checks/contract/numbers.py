"""Hours, ages, wages and shares in a folded text, compared with what the law or good sense sets as limits."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from spean.checks.contract import knowledge
from spean.checks.contract.answers import Figure
from spean.checks.contract.cues import Lines
from spean.checks.contract.patterns import NUMBER, Cue, any_of
from spean.checks.wording import Both
from spean.kernel import clock

MOST_HOURS_DAY, MOST_HOURS_WEEK = 12, 60
MOST_WITH_BREAK = 13  # hours from the first to the last, with an hour of rest between
NOON = 12
HOURS = {"hours_day": (range(1, 25), MOST_HOURS_DAY), "hours_week": (range(1, 169), MOST_HOURS_WEEK)}
LEAST_AGE = 18
AGES = range(5, 100)
BUDDHIST = 543  # years between the Thai calendar and the other
BIRTH_YEARS = range(1940, 2100)
DAYS_A_MONTH = 26  # one day of rest a week; the law of each country counts in its own way, so this asks for less
NEAR = 90  # letters between the word "wage" and its figure
BEFORE = 15  # letters before it in which "deducted from the" may stand
MANY = 50  # figures that are looked at
CURRENCIES = {
    "THB": ("thb", "baht", "บาท", "បាត", "฿"),
    "MYR": ("myr", "rm", "ringgit", "ริงกิต", "រីងហ្គីត"),
    "KRW": ("krw", "won", "วอน", "វ៉ុន", "₩"),
    "JPY": ("jpy", "yen", "เยน", "យ៉េន", "¥"),
    "KHR": ("khr", "riel", "riels", "เรียล", "រៀល", "៛"),
    "USD": ("usd", "us dollars", "dollars", "dollar", "us$", "$", "ดอลลาร์", "ដុល្លារ"),
}
_WORD = re.compile(r"[a-z]+")


class Found(NamedTuple):
    """A number that worries us, and where it stands in the folded text."""

    code: str
    begin: int
    end: int
    figure: Figure


class Amount(NamedTuple):
    """Money in the text."""

    value: float
    currency: str
    per: str
    begin: int
    end: int


def value_of(figure: str, words: dict[str, float] | None = None) -> float:
    """1,700.00 and 1.700 are 1700; 337.5 is 337.5; a number word by its list."""
    if words and figure in words:
        return float(words[figure])
    figure = figure.replace(" ", "")
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", figure):
        return float(re.sub("[.,]", "", figure))
    if re.fullmatch(r"\d{1,3}(,\d{3})+\.\d+", figure):
        return float(figure.replace(",", ""))
    try:
        return float(figure.replace(",", "."))
    except ValueError:
        return float("nan")


def hours_and_ages(lines: Lines, language: str) -> Iterator[Found]:
    """Days and weeks that are too long; people who are too young."""
    text, tongue = lines.text, knowledge.tongue(language)
    numbers = tongue.numbers
    for kind, (possible, most) in HOURS.items():
        for found, hours in _figures(tongue.figures[kind], lines, numbers["words"]):
            if hours not in possible or hours <= most or _overlaps(numbers["not_hours"], text, found):
                continue
            if not tongue.grammar.negates(lines, *found.span(), inside=False):
                yield Found("C11", found.start(), found.end(), Figure(kind, hours, most))
    yield from _days(lines, tongue)
    for found, age in _figures(tongue.figures["age"], lines, numbers["words"]):
        harmless = _overlaps(numbers["not_age"], text, found) or tongue.grammar.negates(lines, *found.span(), inside=True)
        if age in AGES and age < LEAST_AGE and not harmless:
            yield Found("C28", found.start(), found.end(), Figure("age", age, LEAST_AGE))
    for found, year in _figures(tongue.figures["birth"], lines, {}):
        western = year - BUDDHIST if year > 2400 else year  # noqa: PLR2004 - no Western year of a living person
        age = clock.today().year - western
        if western in BIRTH_YEARS and 0 <= age < LEAST_AGE:
            yield Found("C28", found.start(), found.end(), Figure("age", age, LEAST_AGE))


def _days(lines: Lines, tongue: knowledge.Tongue) -> Iterator[Found]:
    """Working days told from one time to another: 6 am to 10 pm, 06:00 to 22:00."""
    for found in lines.matches(tongue.figures["from_to"]):
        first, last = (int(g) for g in found.groups() if g)
        hours = (last if last > NOON else last + NOON) - first
        harmless = _overlaps(tongue.numbers["not_hours"], lines.text, found)
        if (
            first <= NOON
            and hours > MOST_WITH_BREAK
            and not harmless
            and not tongue.grammar.negates(lines, *found.span(), inside=False)
        ):
            yield Found("C11", found.start(), found.end(), Figure("from_to", hours, MOST_WITH_BREAK))


def _figures(cues: tuple[Cue, ...], lines: Lines, words: dict[str, float]) -> Iterator[tuple[re.Match[str], float]]:
    for n, found in enumerate(lines.matches(cues)):
        if n >= MANY:
            return
        figure = next((g for g in found.groups() if g), "")
        yield found, value_of(figure, words)


def _overlaps(cue: re.Pattern[str] | None, text: str, found: re.Match[str]) -> bool:
    """Whether the clause around it speaks of something else."""
    begin = text.rfind("\n", 0, found.start()) + 1
    end = text.find("\n", found.end())
    return bool(cue and cue.search(text, max(begin, found.start() - 60), min(end if end >= 0 else len(text), found.end() + 40)))


def _money() -> re.Pattern[str]:
    signs = "|".join(sorted((re.escape(w) for words in CURRENCIES.values() for w in words), key=len, reverse=True))
    return re.compile(rf"(?:(?<![a-z])({signs})\.?\s*({NUMBER}))|(?:({NUMBER})\s*({signs})(?![a-z]))")


MONEY = _money()
CURRENCY = {word: name for name, words in CURRENCIES.items() for word in words}


def amounts(text: str, languages: tuple[str, ...], begin: int = 0, end: int | None = None) -> Iterator[Amount]:
    """Every amount of money, with the time that it is for where that is said close by."""
    for n, found in enumerate(MONEY.finditer(text, begin, len(text) if end is None else end)):
        if n >= MANY:
            return
        sign, figure = (found.group(1), found.group(2)) if found.group(1) else (found.group(4), found.group(3))
        yield Amount(value_of(figure), CURRENCY[sign], _per(text, found, languages), found.start(), found.end())


def _per(text: str, found: re.Match[str], languages: tuple[str, ...]) -> str:
    line_end = text.find("\n", found.end())
    line = text.rfind("\n", 0, found.start()) + 1
    after = text[found.end() : min(found.end() + 30, line_end if line_end >= 0 else len(text))]
    before = text[max(line, found.start() - 40) : found.start()]
    for stretch in (after, before):
        first = [
            (m.start(), unit)
            for language in languages
            for unit in ("hour", "day", "month")
            if (cue := knowledge.tongue(language).numbers[f"per_{unit}"]) and (m := cue.search(stretch))
        ]
        if first:
            return min(first)[1]
    return ""


def wages(text: str, languages: tuple[str, ...]) -> list[Amount]:
    """What is said to be the wage."""
    out: list[Amount] = []
    for language in languages:
        numbers = knowledge.tongue(language).numbers
        for found in islice(numbers["wage"].finditer(text), MANY):
            begin, line_end = text.rfind("\n", 0, found.start()) + 1, text.find("\n", found.end())
            until = min(found.end() + NEAR, line_end if line_end >= 0 else len(text))
            amount = next(amounts(text, languages, found.end(), until), None)
            if (
                amount
                and amount not in out
                and not numbers["not_wage"].search(text, max(begin, found.start() - BEFORE), amount.end)
            ):
                out.append(amount)
    return out


def below_floor(text: str, languages: tuple[str, ...]) -> Iterator[Found]:
    """A wage below the lowest one of the law of the country whose money it is."""
    for wage in wages(text, languages):
        for floor in knowledge.floors():
            if wage.currency == floor["currency"] and wage.per and _is_for(floor, text):
                least = _for_time(floor, wage.per)
                if least and wage.value < least:
                    unit = f"{floor['currency']} {wage.per}"
                    figure = Figure("wage", wage.value, least, unit, floor["source"], Both(**floor["told"]), str(floor["as_of"]))
                    yield Found("C14", wage.begin, wage.end, figure)


def _is_for(floor: dict[str, Any], text: str) -> bool:
    def says(name: str) -> bool:
        cue = _cue(tuple(floor.get(name, ())))
        return bool(cue and cue.search(text))

    return ("only_for" not in floor or says("only_for")) and not says("not_for")


@cache
def _cue(words: tuple[str, ...]) -> re.Pattern[str] | None:
    return any_of(list(words))


def _for_time(floor: dict[str, Any], per: str) -> float:
    """The floor for an hour, a day or a month; 0 where it cannot be told."""
    if floor["per"] == per:
        return float(floor["amount"])
    if (floor["per"], per) == ("day", "month"):
        return float(floor["amount"] * DAYS_A_MONTH)
    return 0.0


def share(text: str, begin: int, end: int, languages: tuple[str, ...], paid: list[Amount]) -> Figure | None:
    """How much of the monthly wage is taken in the clause around this place, where both are told in the same money."""
    line = text.rfind("\n", 0, begin) + 1
    line_end = text.find("\n", end)
    taken = [a for a in amounts(text, languages, line, line_end if line_end >= 0 else len(text)) if a.per in {"month", ""}]
    for wage in paid:
        for amount in taken:
            if (
                wage.per == "month"
                and amount.per == "month"
                and amount.currency == wage.currency
                and amount.begin != wage.begin
                and wage.value
            ):
                return Figure("share", round(100 * amount.value / wage.value), 100, "%")
    return None
