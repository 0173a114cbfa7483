"""Volunteers: the roster, which villages have nobody, one volunteer with what is written down, one's own work."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts import access
from spean.kernel.errors import NotAllowed, NotYours
from spean.programme.operations import volunteers as operations
from spean.programme.queries import claims, volunteer_coverage
from spean.programme.queries import volunteers as queries
from spean.programme.volunteer_enums import THREAT_MOVES
from spean.programme.volunteer_lists import LISTS
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.volunteer_forms import LABELS, ActForm, LineForm
from spean.surfaces.desk.volunteer_papers import PAPERS
from spean.surfaces.desk.volunteer_work import month, month_of
from spean.surfaces.pages import page
from spean.surfaces.papers import as_download

MOST_TO_CHOOSE = 200
SENT = _(
    "Sent to the supervisors of your team; they see it on Today, as urgent. You cannot open it again. "
    "If you are in danger now, call."
)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Those that the reader may see, by place."""
    actor, asked = acting(request), request.GET
    if not access.may(actor, "volunteer.see"):
        raise NotAllowed
    view = asked.get("view", "") if asked.get("view", "") in queries.VIEWS else "active"
    wanted = {"view": view, "place": asked.get("place", "")}
    found = queries.roster(actor, **wanted, after=asked.get("after", ""))
    lists = {"views": queries.VIEWS.items(), "places": queries.places(actor), "claims": access.may(actor, "claim.see")}
    return page(request, "desk/volunteers.html", found=found, wanted=wanted, **lists)


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Commune by commune: which villages have a volunteer, and which have nobody."""
    actor, asked = acting(request), request.GET
    if not access.may(actor, "volunteer.see"):
        raise NotAllowed
    project = asked.get("project", "")
    whole, found = volunteer_coverage.coverage(actor, project=project, after=asked.get("after", ""))
    projects = volunteer_coverage.projects(actor)
    return page(request, "desk/volunteer_coverage.html", whole=whole, found=found, project=project, projects=projects)


@require_safe
def volunteer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of them, with a month of work."""
    return _show(request, pk, ActForm(auto_id=False))


def _show(request: HttpRequest, pk: UUID, act: ActForm, at: UUID | None = None) -> HttpResponse:
    found = queries.volunteer(acting(request), pk)
    shown = month(found, month_of(request.GET.get("month", "")), whole="read" in found.may)
    more = {"month": shown, "act": act, "acted": at, "labels": LABELS}
    return page(request, "desk/volunteer.html", status=status_of(act), found=found, **more)


@require_safe
def paper(request: HttpRequest, pk: UUID, name: str, row: UUID) -> HttpResponse:
    """An identity card, or the certificate of a training, as a paper; it stands in the trail."""
    found = queries.to_print(acting(request), pk, name, row)
    return as_download(PAPERS[name](found), name)


@require_safe
def told(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is sealed, opened; it stands in the trail."""
    return page(request, "desk/volunteer_told.html", found=queries.told(acting(request), pk), labels=LABELS)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """One more line of a list."""
    actor, posted = acting(request), request.POST if request.method == "POST" else None
    if name not in LISTS:
        raise NotYours
    who = queries.seen(actor, pk, to=LISTS[name].verb)
    form = LineForm(posted, name=name, choices=_choices(who, name))
    if posted is not None and attempt(form, lambda d: operations.add(actor, pk, name, form.said(), d["sent_id"])):
        say(request, _("Saved."))
        return redirect("desk:volunteer", pk=pk)
    found = queries.listed(who, name, may=True)
    return page(request, "desk/volunteer_add.html", status=status_of(form), who=who, found=found, form=form, labels=LABELS)


def _choices(who: Any, name: str) -> dict[str, list[tuple[str, str]]]:
    if name == "trained":
        return {"activity": [(str(a.id), f"{a.on:%d/%m/%Y} · {a.name}") for a in operations.trainings(who)[:MOST_TO_CHOOSE]]}
    if name == "away":
        others = operations.stand_ins(who)[:MOST_TO_CHOOSE]
        return {"stands_in": [(str(m.id), f"{m.user.name} · {m.place.name}" if m.place else m.user.name) for m in others]}
    return {}


@require_POST
def threat(request: HttpRequest, pk: UUID, row: UUID, verb: str) -> HttpResponse:
    """What was done about a threat; or that it is over."""
    actor, form = acting(request), ActForm(request.POST, auto_id=False)
    if verb not in THREAT_MOVES:
        raise NotYours
    if verb == "close":
        operations.answer(actor, pk, row, verb)
    elif queries.seen(actor, pk, to="talk") and not attempt(form, lambda d: operations.answer(actor, pk, row, verb, d["done"])):
        return _show(request, pk, form, row)
    say(request, _("Saved."))
    return redirect("desk:volunteer", pk=pk)


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The reader's own work: hopes and what was done, trainings due, the code of conduct, claims."""
    actor = acting(request)
    if not access.may(actor, "volunteer.own"):
        raise NotAllowed
    first = month_of(request.GET.get("month", ""))
    seats = [(one, month(one, first, whole=True)) for one in queries.own(actor)]
    return page(request, "desk/volunteering.html", seats=seats, claims=claims.claims(actor), labels=LABELS)


@require_http_methods(["GET", "HEAD", "POST"])
def threatened(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A volunteer reports a threat; they send it, and cannot open it again."""
    actor, posted = acting(request), request.POST if request.method == "POST" else None
    queries.seen(actor, pk, see="own")
    form = LineForm(posted, name="threat")
    if posted is not None and attempt(form, lambda d: operations.threatened(actor, pk, form.said(), d["sent_id"])):
        say(request, SENT)
        return redirect("desk:volunteering")
    return page(request, "desk/volunteering_threat.html", status=status_of(form), form=form)
