"""Reads for the public door: what was released, and nothing else. It knows the tables of this app and of places."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from spean.evidence.models import PublishedIssue, Release, Table
from spean.kernel import clock
from spean.kernel.errors import Invalid
from spean.kernel.text import khmer_digits
from spean.places.enums import Level
from spean.places.models import Place
from spean.voices import enums

PAGE = 20


@dataclass(frozen=True)
class FigureRow:
    """One line of figures, in voices. The first line is the whole place; the others divide it between them."""

    path: str
    name_km: str
    name_en: str
    level: str
    rolled_up: bool
    raised: int
    answered: int
    kept: int
    overdue: int
    reason: str = ""  # a sentence: why numbers are told together here

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return _in_language(self.name_km, self.name_en)


@dataclass(frozen=True)
class Figures:
    """The figures of one month: the whole place, then the places inside it, then the others together."""

    period: date
    released_on: date
    threshold: int
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True)
class StoryAnswer:
    """What a committee answered. `text` and `done_note` are "" until somebody has cleared them."""

    kind: str  # a code of voices.enums.AnswerKind
    text: str
    office: str  # in the reader's language
    why_not: str  # in the reader's language
    until: date | None
    given_on: date
    done_on: date | None
    done_note: str
    outcome: str  # what the village said: a code of voices.enums.Outcome, or ""
    kind_label: str = ""
    outcome_label: str = ""


@dataclass(frozen=True)
class Story:
    """What was said and what was done."""

    number: int
    kind: str
    kind_label: str
    title: str
    summary: str
    place: str
    raised_on: date
    state: str
    state_label: str
    committee: str
    answers: tuple[StoryAnswer, ...]
    moved_on: date
    overdue: bool

    @property
    def code(self) -> str:
        """The number as people write it: S-0012."""
        return f"S-{self.number:04d}"


@dataclass(frozen=True)
class StoryPage:
    """One page of stories; `after` opens the next one, "" when there is none."""

    rows: tuple[Story, ...]
    after: str


def figures(province_path: str = "") -> Figures | None:
    """The latest figures of the nation by province, or of one province by district. None before the first release."""
    release = Release.objects.filter(table=Table.VOICES).exclude(cells=[]).order_by("-period").first()
    if release is None:
        return None
    rows = [_figure_row(row, release.threshold) for row in _wanted(release.cells, province_path)]
    return Figures(release.period, release.released_on, release.threshold, tuple(rows))


def _wanted(cells: list[dict[str, Any]], province_path: str) -> list[dict[str, Any]]:
    if not province_path:
        whole = [row for row in cells if row["parent"] == ""]
        return whole + [row for row in cells if whole and row["parent"] == whole[0]["path"]]
    own = [row for row in cells if row["path"] == province_path and row["level"] == Level.PROVINCE]
    if own:
        return own + [row for row in cells if row["parent"] == province_path]
    larger = [r for r in cells if (r["reason"] == "together" and r["level"] == Level.PROVINCE) or r["reason"] == "whole"]
    return [row for row in larger if province_path.startswith(row["path"])]


def _figure_row(row: dict[str, Any], threshold: int) -> FigureRow:
    km, en = (_row_name(row, language) for language in ("km", "en"))
    numbers = {name: row[name] for name in ("raised", "answered", "kept", "overdue")}
    reason = _reason(row["reason"], threshold)
    return FigureRow(row["path"], km, en, row["level"], row["rolled_up"], **numbers, reason=reason)


def _row_name(row: dict[str, Any], language: str) -> str:
    name = row["name_en"] if language == "en" else row["name_km"]
    if row["reason"] != "together":
        return str(name)
    with override(language):
        if row["level"] == Level.PROVINCE:
            return gettext("Other provinces")
        return gettext("Other districts of %(province)s") % {"province": name}


def _reason(reason: str, threshold: int) -> str:
    said = {
        "together": _("Places where fewer than %(k)d voices could be singled out are told together."),
        "whole": _("Told as a whole, because inside it fewer than %(k)d voices could be singled out."),
    }
    sentence = str(said[reason]) % {"k": threshold} if reason else ""
    return khmer_digits(sentence) if get_language() == "km" else sentence


def stories(path: str = "", kind: str = "", after: str = "") -> StoryPage:
    """A page of stories, latest move first; within a province or district, of one kind."""
    found = PublishedIssue.objects.select_related("province", "district")
    if path:
        found = found.filter(Q(province__path=path) | Q(district__path=path))
    if kind:
        found = found.filter(kind=kind) if kind in enums.Kind else found.none()
    if after:
        day, number = _cursor(after)
        found = found.filter(Q(moved_on__lt=day) | Q(moved_on=day, number__gt=number))
    rows = list(found.order_by("-moved_on", "number")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return StoryPage(tuple(story_of(r) for r in rows[:PAGE]), f"{last.moved_on.isoformat()}.{last.number}" if last else "")


def story(number: int) -> Story | None:
    """One story."""
    found = PublishedIssue.objects.select_related("province", "district").filter(number=number).first()
    return story_of(found) if found else None


def places() -> tuple[tuple[str, str, str, str], ...]:
    """(path, Khmer name, English name, level) of the provinces and districts that have stories, by path."""
    published = PublishedIssue.objects.order_by()
    ids = published.values("province").union(published.values("district"))
    wanted = [row["province"] for row in ids if row["province"] is not None]
    found = Place.objects.filter(pk__in=wanted).order_by("path")
    return tuple((p.path, p.name_km, p.name_en, p.level) for p in found)


def provinces() -> tuple[tuple[str, str, str], ...]:
    """(path, Khmer name, English name) of every province, by path; with voices or without."""
    found = Place.objects.current().filter(level=Level.PROVINCE, path__startswith="KH/").order_by("path")
    return tuple(found.values_list("path", "name_km", "name_en"))


def _cursor(text: str) -> tuple[date, int]:
    try:
        day, number = text.split(".")
        return date.fromisoformat(day), int(number[:9].encode("ascii"))
    except ValueError as error:
        raise Invalid({"after": _("This link to the next page is broken. Open the list again.")}) from error


def story_of(row: PublishedIssue) -> Story:
    """One row, ready to show. Needs `province` and `district` fetched."""
    waiting = row.state in (enums.IssueState.RAISED, enums.IssueState.COMMITTED)
    around = [p for p in (row.district, row.province) if p is not None]
    return Story(
        number=row.number,
        kind=row.kind,
        kind_label=str(enums.Kind(row.kind).label),
        title=_in_language(row.title_km, row.title_en),
        summary=_in_language(row.summary_km, row.summary_en),
        place=", ".join(_in_language(p.name_km, p.name_en) for p in around),
        raised_on=row.raised_on,
        state=row.state,
        state_label=str(enums.IssueState(row.state).label),
        committee=_in_language(row.committee_km, row.committee_en),
        answers=tuple(_answer(a) for a in row.answers),
        moved_on=row.moved_on,
        overdue=bool(waiting and row.due_on and row.due_on < clock.today()),
    )


def _answer(a: dict[str, Any]) -> StoryAnswer:
    return StoryAnswer(
        kind=a["kind"],
        text=a["text"],
        office=str(enums.Office(a["office"]).label) if a["office"] else "",
        why_not=str(enums.WhyNot(a["why_not"]).label) if a["why_not"] else "",
        until=_day(a["until"]),
        given_on=date.fromisoformat(a["given_on"]),
        done_on=_day(a["done_on"]),
        done_note=a["done_note"],
        outcome=a["outcome"],
        kind_label=str(enums.AnswerKind(a["kind"]).label),
        outcome_label=str(enums.Outcome(a["outcome"]).label) if a["outcome"] else "",
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _in_language(km: str, en: str) -> str:
    return en if get_language() == "en" else km
