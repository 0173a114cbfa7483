"""Papers of an event: poster, programme, report, codes for the entry. What leaves is protected: small groups are not shown."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from spean.accounts.access import Actor
from spean.evidence.groups import ToldGroup, tell
from spean.kernel.ids import group
from spean.programme.queries import events as queries
from spean.programme.queries.activities import ActivityRow
from spean.programme.queries.events import EventPaper, EventReport
from spean.surfaces.desk.templatetags.desk import money
from spean.surfaces.papers import paper
from spean.surfaces.templatetags.spean import day, digits, hour


def _language() -> str:
    return translation.get_language() or "km"


def when_of(row: ActivityRow) -> str:
    """Day and hours in words."""
    days = day(row.on) if row.until == row.on else f"{day(row.on)} – {day(row.until)}"
    hours = " – ".join(filter(None, (hour(row.starts), hour(row.ends))))
    return f"{days}, {hours}" if hours else days


def _part(row: ActivityRow) -> dict[str, str]:
    return {"name": row.name, "when": when_of(row), "where": ", ".join(filter(None, (row.venue, row.place)))}


def _head(found: EventPaper) -> dict[str, Any]:
    return {
        "title": found.row.name, "about": found.about, "presides": found.presides, "organisation": found.organisation,
        "parts": [_part(row) for row in found.parts or (found.row,)],
    }  # fmt: skip


def _items(found: EventPaper) -> list[dict[str, str]]:
    several = len({item.on for item in found.items}) > 1
    return [
        {
            "when": f"{day(i.on)} " * several + f"{hour(i.starts)} – {hour(i.ends)}",
            "what": i.what, "who": i.who, "where": i.where,
        }
        for i in found.items
    ]  # fmt: skip


def _link(request: HttpRequest, found: EventPaper) -> str:
    return request.build_absolute_uri(reverse("public:event", args=[found.row.id]))


def _poster(request: HttpRequest, actor: Actor, pk: UUID) -> bytes:
    found = queries.paper(actor, pk)
    words = {"presides": _("Who presides"), "foot": _("Everybody is welcome."), "qr": _("The page of this event")}
    return paper("event_poster", _language(), words, _head(found), link=_link(request, found))


def _words() -> dict[str, str]:
    return {
        "presides": _("Who presides"), "programme": _("Programme"), "when": _("When"), "what": _("What"), "who": _("Who"),
        "foot": "", "qr": _("The page of this event"),
    }  # fmt: skip


def _programme(request: HttpRequest, actor: Actor, pk: UUID) -> bytes:
    found = queries.paper(actor, pk)
    told = {**_head(found), "items": _items(found), "tables": [], "words": []}
    return paper("event", _language(), _words(), told, link=_link(request, found))


def _report(_request: HttpRequest, actor: Actor, pk: UUID) -> bytes:
    found = queries.report(actor, pk)
    head = _head(found.paper)
    told_data = {**head, "title": f"{_('Report')}: {head['title']}", "items": _items(found.paper), **told(found)}
    return paper("event", _language(), _words(), told_data)


def told(found: EventReport) -> dict[str, Any]:
    """What the report says beside the programme: tables of (word, figure), and lists of words. Small groups are not shown."""
    places = [(p.row.name, p.came or 0) for p in found.head.places]
    tables = [_table(_("Who came, by place"), places, _("Attendances. Who came twice is counted twice."))]
    tables += [_table(_("Let in at the gates"), [(g.label, g.number) for g in found.head.groups])]
    tables += [
        _table(_("Counted by hand: %(by)s") % {"by": a.label}, [(g.label, g.number) for g in a.groups]) for a in found.axes
    ]
    costs = [
        (currency, _("Planned: %(planned)s. Spent: %(spent)s.") % {"planned": money(planned), "spent": money(spent)})
        for planned, spent, currency in found.spent
    ]
    tables += [{"title": _("Costs"), "note": "", "rows": costs}]
    asked = [f"{topic}: {words}" for topic, words in found.questions]
    tasks = [f"{name}: {task}" for name, task in found.partners]
    words = [{"title": _("Questions asked"), "lines": asked}, {"title": _("Partners and their tasks"), "lines": tasks}]
    return {"tables": [t for t in tables if t["rows"]], "words": [one for one in words if one["lines"]]}


def _table(title: str, counted: list[tuple[str, int]], note: str = "") -> dict[str, Any]:
    rows = [(one.label, _number(one)) for one in tell(counted)]
    if len(rows) > 1:
        rows.append((_("Together"), digits(sum(n for _label, n in counted))))
    return {"title": title, "note": note, "rows": rows}


def _number(one: ToldGroup) -> str:
    return _("not shown") if one.number is None else digits(one.number)


def codes(found: EventPaper, kind: str, known: list[str]) -> bytes:
    """Sheets of codes: a square for the camera, and the number under it for a hand."""
    made = [{"svg": segno.make(code, error="m").svg_inline(scale=4, border=1), "text": group(code, 5)} for code in known]
    return paper("event_codes", _language(), {}, {"title": found.row.name, "kind": kind, "codes": made})


SHAPES: dict[str, Callable[[HttpRequest, Actor, UUID], bytes]] = {"poster": _poster, "programme": _programme, "report": _report}
