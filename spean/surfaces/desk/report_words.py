"""A report as blocks of text, tables and pictures: the same on its page and on its paper, from what it says in one language."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from spean.programme.amounts import Amount
from spean.programme.queries.progress import Period
from spean.programme.report_enums import Chapter
from spean.surfaces.desk.progress_words import Bar, bars, figure, number
from spean.surfaces.desk.templatetags.desk import money
from spean.surfaces.templatetags.spean import day, digits

Said = dict[str, Any]
HIDDEN, FEWEST_BARS = "–", 2


@dataclass(frozen=True)
class Table:
    """Headings and rows of words; the first cell of a row says what it is of."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """The periods of an indicator as bars, and the same in words."""

    title: str
    told: str
    first: str
    last: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Block:
    """One chapter."""

    code: str
    title: str
    text: str
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()

    def plain(self) -> Said:
        """As plain values."""
        return asdict(self)


def days(pair: list[str]) -> str:
    """Two days in the reader's words."""
    first, last = (date.fromisoformat(one) for one in pair)
    return day(first) if first == last else f"{day(first)} – {day(last)}"


def blocks(said: Said) -> tuple[Block, ...]:
    """The chapters that say something, each with its tables and pictures."""
    shown: dict[str, tuple[tuple[Table, ...], tuple[Chart, ...]]] = {
        Chapter.DONE: (tuple(_done(said)), ()),
        Chapter.REACHED: (tuple(_reached(said)), tuple(_charts(said))),
        Chapter.COST: (tuple(_costs(said)), ()),
    }
    found = [Block(one["code"], one["title"], one["text"], *shown.get(one["code"], ((), ()))) for one in said["chapters"]]
    return tuple(block for block in found if block.text or block.tables)


def amount(plain: Said | None, unit: str) -> str:
    """A number in the reader's digits."""
    return figure(_amount(plain, unit))


def _amount(plain: Said | None, unit: str) -> Amount | None:
    return None if plain is None else Amount(Decimal(plain["value"]), unit, None, plain["more"])


def indicators(said: Said) -> Iterable[tuple[Said, Said]]:
    """(result, indicator) in their order."""
    return ((result, one) for result in said["results"] for one in result["indicators"])


def _reached(said: Said) -> Iterable[Table]:
    head = (_("Indicator"), _("Reached"), _("Target"), _("Of the target"), _("Since the beginning"), _("Baseline"))
    note = _("Only numbers that a second person confirmed are counted.")
    for result in said["results"]:
        rows = tuple(_row(one) for one in result["indicators"])
        yield Table(f"{result['kind']}: {result['title']}", head, rows, note)
        note = ""
    parts = [
        (_called(one), f"{by}: {label}", amount(n, one["unit"])) for _r, one in indicators(said) for by, label, n in one["parts"]
    ]
    told = _("What is too small to be told, or was not written down in parts, is missing here.")
    yield from _filled(Table(_("In parts"), (_("Indicator"), _("Part"), _("Reached")), tuple(parts), told))
    places = [(_called(one), name, amount(n, one["unit"])) for _r, one in indicators(said) for name, n in one["places"]]
    yield from _filled(Table(_("By place"), (_("Indicator"), _("Place"), _("Reached")), tuple(places)))


def _row(one: Said) -> tuple[str, ...]:
    unit = one["unit"]
    hidden = one["actual"] is None and any(period["hidden"] for period in one["periods"])
    baseline = f"{amount(one['baseline'], unit)} ({digits(one['baseline_year'])})" if one["baseline"] else HIDDEN
    return (
        _called(one),
        _("fewer than may be told") if hidden else amount(one["actual"], unit),
        amount(one["target"], unit),
        HIDDEN if one["reached"] is None else digits(f"{one['reached']}%"),
        amount(one["so_far"], unit),
        baseline,
    )


def _called(one: Said) -> str:
    return f"{one['code']} · {one['name']}"


def _charts(said: Said) -> Iterable[Chart]:
    for _result, one in indicators(said):
        periods = tuple(_period(one, period) for period in one["periods"])
        told = [period for period in periods if period.actual is not None]
        if len(told) >= FEWEST_BARS:
            words = "; ".join(f"{day(p.starts_on)} – {day(p.ends_on)}: {figure(p.actual)}" for p in told)
            yield Chart(_called(one), words, day(periods[0].starts_on), day(periods[-1].ends_on), bars(periods))


def _period(one: Said, period: Said) -> Period:
    first, last = (date.fromisoformat(at) for at in period["days"])
    return Period(first, last, _amount(period["actual"], one["unit"]), _amount(period["target"], one["unit"]), period["hidden"])


def _done(said: Said) -> Iterable[Table]:
    held = said["activities"]
    rows = [(one["name"], one["kind"], days(one["days"]), one["place"], digits(one["came"] or HIDDEN)) for one in held]
    if rows:
        rows.append((_("Together"), "", "", "", digits(number(Decimal(said["came"])))))
    head = (_("What"), _("Kind"), _("When"), _("Where"), _("Who came"))
    yield from _filled(Table(_("What took place"), head, tuple(rows), _("Attendances. Who came twice is counted twice.")))
    for axis, groups in said["groups"]:
        told = tuple((label, _("not shown") if n is None else digits(number(Decimal(n)))) for label, n in groups)
        yield Table(_("Counted by hand: %(by)s") % {"by": axis}, (_("Group"), _("Who came")), told)


def _costs(said: Said) -> Iterable[Table]:
    rows = [(c["kind"], c["currency"], money(Decimal(c["planned"])), money(Decimal(c["spent"]))) for c in said["costs"]]
    for currency in dict.fromkeys(c["currency"] for c in said["costs"]):
        sums = [sum(Decimal(c[name]) for c in said["costs"] if c["currency"] == currency) for name in ("planned", "spent")]
        rows.append((_("Together"), currency, *(money(Decimal(one)) for one in sums)))
    head = (_("What for"), _("In which money"), _("Planned"), _("Spent"))
    yield from _filled(Table(_("Costs of activities"), head, tuple(rows)))
    by_donor = [(donor or _("not divided"), currency, money(Decimal(spent))) for donor, currency, spent in said["donors"]]
    if any(donor for donor, _currency, _spent in said["donors"]):
        yield Table(_("Who bears the costs"), (_("Donor"), _("In which money"), _("Spent")), tuple(by_donor))


def _filled(table: Table) -> tuple[Table, ...]:
    return (table,) if table.rows else ()
