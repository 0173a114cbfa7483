"""Leaflets and posters: what a page tells, as plain values for the paper. What the page hides, the paper does not know."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from threading import Lock
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spean.directory.queries.public import Checked, Help
from spean.library.queries.pages import Answer, Corridor, Cost, StepView, WayPage
from spean.library.queries.showing import Shown, Told
from spean.surfaces import papers
from spean.surfaces.templatetags.spean import day, digits

#: a fold and a poster have room for so many helpers, a leaflet for these
MOST_HELPERS = {"leaflet": 36, "fold": 12, "poster": 8}
KEPT = 96  # papers in the memory of a process: some 10 MB


@dataclass
class Leaf:
    """Everything that stands on one paper, in the reader's language."""

    title: str
    lede: list[Any] = field(default_factory=list)
    state: dict[str, Any] | None = None
    glance: list[dict[str, Any]] = field(default_factory=list)
    heading: str = ""
    items: list[dict[str, Any]] = field(default_factory=list)
    nothing: str = ""
    more: str = ""
    trouble: list[Any] = field(default_factory=list)
    demonstration: str = ""
    dates: list[str] = field(default_factory=list)
    overdue: str = ""
    sources: list[str] = field(default_factory=list)


def of_way(page: WayPage) -> Leaf:
    """A way, or a warning."""
    facts = _once(_of_way(page))
    return Leaf(
        title=page.row.title,
        lede=_told(page.lede),
        state=_state(page.row.destination, page.row.corridor) if page.row.corridor else None,
        glance=_glance(page),
        heading=_("What you should know") if page.row.is_warning else _("The steps, in order"),
        items=[_step(step) for step in page.steps],
        trouble=_told(page.trouble),
        demonstration=_demonstration() if page.demonstration else "",
        sources=[_source(fact) for fact in facts],
        **_of_facts(facts),
    )


def of_answer(one: Answer) -> Leaf:
    """One question about the law."""
    facts = one.told.facts
    return Leaf(
        title=one.question,
        lede=_told(one.told),
        demonstration=_demonstration() if any(f.demonstration for f in facts) else "",
        sources=[_source(fact) for fact in facts],
        **_of_facts(facts),
    )


def of_helpers(place: str, rows: Sequence[Help], shape: str) -> Leaf:
    """Who helps in a province, the nearest first; only numbers that somebody called."""
    most = MOST_HELPERS[shape]
    shown = rows[:most]
    checks = [c for row in shown if not row.demonstration for c in (row.checked, *(n.checked for n in row.numbers))]
    invented = _("This is a demonstration. These helpers and their numbers are invented; nobody answers there.")
    return Leaf(
        title=_("Who helps: %(place)s") % {"place": place},
        heading=_("Call"),
        items=[_helper(row) for row in shown],
        nothing=_("We know of nobody here who was checked."),
        more=_("More helpers stand on the page.") if len(rows) > most else "",
        demonstration=invented if any(row.demonstration for row in shown) else "",
        sources=[_checked(row.name, row.checked) for row in shown],
        **_dated([c.on for c in checks], [c.until for c in checks], overdue=any(c.overdue for c in checks)),
    )


def _demonstration() -> str:
    return _("This is a demonstration. Nobody has checked what you read here: do not act on it.")


def _told(told: Told) -> list[list[dict[str, Any]]]:
    """Paragraphs of runs; a fact is bold where it is a number, as on the page."""
    return [[run for piece in line for run in _runs(piece)] for line in told.paragraphs]


def _runs(piece: Any) -> Iterable[dict[str, Any]]:
    if piece.text:
        yield {"t": piece.text, "b": False}
    for at, fact in enumerate(piece.facts):
        if at:
            yield {"t": f" {_('or')} ", "b": False}
        yield {"t": fact.value, "b": not fact.in_words}
    if piece.missing:
        yield {"t": _("(we have no checked word on this yet)"), "b": False}


def _state(destination: str, corridor: Corridor) -> dict[str, Any]:
    """Said first: whether people can go this way now."""
    notes = [fact.note for fact in corridor.facts[:1] if fact.note]
    if corridor.code and corridor.code != "unknown":
        since = _("As of %(day)s.") % {"day": corridor.facts[0].as_of}
        tone = "shut" if corridor.is_shut else "open" if corridor.code == "open" else "unknown"
        title, lines = f"{destination}: {corridor.label}", [" ".join([since, *notes])]
    else:
        tone, title = "unknown", f"{destination}: {_('We have no checked word on whether this way is open.')}"
        lines = [*notes, _("Do not travel on a promise. Ask the Ministry of Labour first.")]
    return {"tone": tone, "title": title, "lines": lines, "warning": _("Do not travel on a broker's promise that it is open.")}


def _glance(page: WayPage) -> list[dict[str, Any]]:
    rows = [("wage", _("Lowest wage"), True), ("age", _("Age"), True), ("contract", _("Length of the contract"), False)]
    rows += [("time", _("Time that it takes before"), True)]
    made = _cost(page.cost) if "official" in page.asked else []
    return made + [_row(label, getattr(page, name), named=named) for name, label, named in rows if name in page.asked]


def _row(label: str, facts: Sequence[Shown], *, named: bool) -> dict[str, Any]:
    values = [{"value": f.value, "name": f"({f.name})" if named else "", "note": f.note} for f in facts]
    return {"label": label, "values": values, "missing": "" if facts else _("We have no checked figure yet.")}


def _cost(cost: Cost) -> list[dict[str, Any]]:
    """By the law's own prices, and what brokers asked."""
    total = " + ".join(cost.total)
    lacking = ngettext(
        "%(n)s of the costs has no checked figure yet.", "%(n)s of the costs have no checked figure yet.", cost.missing
    ) % {"n": digits(cost.missing)}
    more = _("There can be more. Ask what each payment is for, and ask for a receipt.")
    known = [{"value": f"{_('At least')} {total}" if cost.missing else total, "name": "", "note": more}] if cost.known else []
    missing = (lacking if cost.missing else "") if cost.known else _("We have no checked figure yet.")
    rows = [{"label": _("Official costs that we know of"), "values": known, "missing": missing}]
    return rows + ([_row(_("What brokers and agencies took"), cost.brokers, named=True)] if cost.asks_brokers else [])


def _step(step: StepView) -> dict[str, Any]:
    lines = [(_("Where"), step.authority), (_("Take with you"), ", ".join(step.documents))]
    return _item(f"{digits(step.position)}. {step.title}", lines, told=_told(step.told))


def _helper(row: Help) -> dict[str, Any]:
    hours = "; ".join(f"{d.day} {', '.join(d.spans)}" for d in row.week) or row.hours_label
    only = [("", _("Only for women"))] if row.women_only else []
    lines = [("", row.provider), *only, (_("With what they help"), ", ".join(row.needs)), (_("When"), hours)]
    fake = _("Demonstration: nobody has this number")
    numbers = [digits(n.shown) if n.href else f"{digits(n.shown)} ({fake})" for n in row.numbers]
    none = [] if numbers else [("", _("We have no telephone number that somebody has checked."))]
    where = [(_("Where"), row.where)] if row.where and not row.withheld else []
    return _item(row.name, [*lines, *where, *none], numbers=numbers, told=[[{"t": row.how, "b": False}]] if row.how else [])


def _item(title: str, lines: Iterable[tuple[str, str]], **more: Any) -> dict[str, Any]:
    shown = [{"label": str(label), "text": text} for label, text in lines if text]
    return {"title": title, "lines": shown, "numbers": [], "told": [], **more}


def _of_way(page: WayPage) -> Iterable[Shown]:
    yield from page.row.corridor.facts if page.row.corridor else ()
    yield from page.lede.facts
    for several in (page.cost.parts, page.cost.brokers, page.wage, page.age, page.contract, page.time):
        yield from several
    for step in page.steps:
        yield from step.told.facts
    yield from page.trouble.facts


def _once(facts: Iterable[Shown]) -> list[Shown]:
    return list({fact.key: fact for fact in facts}.values())


def _source(fact: Shown) -> str:
    """The quiet line of a fact: what, who claims it, since when, from where, who checked it."""
    said = {"claimant": fact.claimant, "as_of": fact.as_of, "source": fact.source}
    line = _("%(claimant)s, %(as_of)s. Source: %(source)s.") % said
    by = _("For a demonstration; nobody has checked it.")
    if not fact.demonstration:
        by = _("Checked on %(day)s by %(who)s.") % {"day": day(fact.checked_on), "who": fact.checked_for}
    return " ".join([f"{fact.name}{'' if fact.in_words else f': {fact.value}'}.", line, by])


def _checked(name: str, checked: Checked) -> str:
    by = _("Checked on %(day)s by %(by)s.") % {"day": day(checked.on), "by": checked.by}
    return f"{name}. {_('Source: %(source)s.') % {'source': checked.source}} {by}"


def _of_facts(facts: Sequence[Shown]) -> dict[str, Any]:
    """What was marked for a demonstration was checked on no day."""
    real = [f for f in facts if not f.demonstration]
    return _dated([f.checked_on for f in real], [f.valid_until for f in real], overdue=any(f.overdue for f in facts))


def _dated(checked: Iterable[date | None], until: Iterable[date | None], *, overdue: bool) -> dict[str, Any]:
    """From when the facts are, and when to ask again: the oldest, and the first that has to be looked at again."""
    days, ends = sorted(filter(None, checked)), sorted(filter(None, until))
    if not days:
        lines = [_("Nobody has checked a fact for this paper yet. Ask before you rely on it.")]
    else:
        first, last = day(days[0]), day(days[-1])
        on = _("Facts checked on %(day)s.") if first == last else _("Facts checked from %(first)s to %(day)s.")
        lines = [on % {"day": last, "first": first}]
    if ends:
        lines.append(_("Ask again after %(day)s: open the page, or ask somebody who can.") % {"day": day(ends[0])})
    late = _("Some of this should have been checked again by now. It may have changed: ask before you rely on it.")
    return {"dates": lines, "overdue": late if overdue else ""}


class Press:
    """Sets a paper once for the same words; keeps the last ones. Safe between threads."""

    def __init__(self) -> None:
        self._made: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def kept(self, mark: str) -> bytes | None:
        """A paper that was set before."""
        with self._lock:
            if mark in self._made:
                self._made.move_to_end(mark)
            return self._made.get(mark)

    def set(self, mark: str, order: "Order") -> bytes:
        """The PDF, and keep it."""
        made = papers.paper("leaflet", order.language, order.words, order.data, link=order.link)
        with self._lock:
            self._made[mark] = made
            while len(self._made) > KEPT:
                self._made.popitem(last=False)
        return made


press = Press()


@dataclass(frozen=True)
class Order:
    """What Typst is given."""

    language: str
    words: dict[str, str]
    data: dict[str, Any]
    link: str

    @property
    def mark(self) -> str:
        """Changes with every word on the paper, so with every version of a fact: an entity tag."""
        template = (papers.HERE / "leaflet.typ").stat().st_mtime_ns
        return sha256(repr((self.language, self.words, self.data, self.link, template)).encode()).hexdigest()[:32]


def order(leaf: Leaf, shape: str, language: str, link: str) -> Order:
    """A leaf in one of its shapes."""
    words = {
        "qr": _("A square that opens the page"), "page": _("The page, as it is today:"), "first": _("The most important first"),
        "trouble": _("When something goes wrong"), "sources": _("Where this is from"),
        "elsewhere": _("Where each fact is from, and who checked it, stands on the page and on the A4 leaflet."),
        "foot": _("Free of charge. Pass it on; do not add to it."),
    }  # fmt: skip
    return Order(language, words, {"shape": shape, **vars(leaf)}, link)
