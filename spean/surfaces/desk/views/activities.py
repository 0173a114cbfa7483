"""Activities of the organisation: the list, one of them with its lists, its form, and who came."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts import access
from spean.kernel.errors import NotAllowed, NotYours
from spean.places import picker
from spean.programme import activity_enums as codes
from spean.programme.operations import activities as operations
from spean.programme.operations import events
from spean.programme.queries import activities as queries
from spean.programme.queries.activities import ActivityPage
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.activity_forms import LABELS, ActivityForm, CancelForm, CountForm, LineForm
from spean.surfaces.desk.placing import placed
from spean.surfaces.pages import page

DONE = {
    "plan": _("Planned. Who helps can see it now."),
    "hold": _("Held. Count who came, and write down what was asked; then report it."),
    "report": _("Reported. Nothing of it changes any more, unless a supervisor opens it again."),
    "reopen": _("Open again. Report it anew when it is right."),
    "cancel": _("Cancelled. Tell everybody who was to come."),
    "publish": _("Everybody may read of it now: what, where and when."),
    "withdraw": _("Taken off its public page."),
}
PUBLIC = {"publish": events.publish, "withdraw": events.withdraw}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Those that the reader may see, the latest day first; by kind, place and month."""
    actor, asked = acting(request), request.GET
    if not access.may(actor, "activity.see"):
        raise NotAllowed
    wanted = {name: asked.get(name, "") for name in ("kind", "place", "month")}
    found = queries.activities(actor, **wanted, after=asked.get("after", ""))
    lists = {"kinds": codes.ActivityKind.choices, "places": queries.places(actor)}
    may_write = access.may(actor, "activity.write")
    return page(request, "desk/activities.html", found=found, wanted=wanted, may_write=may_write, **lists)


@require_safe
def activity(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of them."""
    return _show(request, pk, CancelForm())


def _show(request: HttpRequest, pk: UUID, cancel: CancelForm) -> HttpResponse:
    actor = acting(request)
    found = queries.activity(actor, pk)
    shown = {"may_tell": access.may(actor, "concern.send"), "may_write": access.may(actor, "activity.write_large")}
    return page(request, "desk/activity.html", status=status_of(cancel), found=found, cancel=cancel, **shown)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new one. The buttons beside the place only change the form; `send` saves it, as planned or as a draft."""
    actor = acting(request)
    if not access.may(actor, "activity.write"):
        raise NotAllowed
    if request.method != "POST":
        begin = {name: request.GET.get(name, "") for name in ("kind", "part_of")}
        return _form(
            request,
            _activity_form(request, initial={**begin, "kind": begin["kind"] or codes.ActivityKind.OUTREACH}),
            picker.state({}),
        )
    state = codes.ActivityState.DRAFT if request.POST.get("send") == "draft" else codes.ActivityState.PLANNED
    return _write(request, None, lambda kept, place, sent: operations.write(actor, kept, place, sent, state))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another day, place or name."""
    actor = acting(request)
    found = queries.activity(actor, pk, to="change")
    if request.method == "POST":
        return _write(request, found, lambda kept, place, _sent: operations.change(actor, pk, kept, place))
    form = _activity_form(request, found, initial={k: "" if v is None else v for k, v in found.kept.items()})
    return _form(request, form, picker.state({"place-pick": found.place}), found)


def _activity_form(request: HttpRequest, found: ActivityPage | None = None, data: Any = None, **kwargs: Any) -> ActivityForm:
    actor = acting(request)
    large = access.may(actor, "activity.write_large")
    form = ActivityForm(data, choices=queries.to_choose(actor), large=large, **kwargs)
    if found:
        form.settle(found)
    return form


def _write(request: HttpRequest, found: ActivityPage | None, save: Any) -> HttpResponse:
    if "send" not in request.POST:
        typed = {**ActivityForm.typed(request.POST), "topics": request.POST.getlist("topics")}
        return _form(request, _activity_form(request, found, initial=typed), picker.state(request.POST), found)
    form = _activity_form(request, found, request.POST)
    made, error = placed(request, form, lambda d, code: save(_kept(form, found), code, d["sent_id"]))
    if made is None:
        return _form(request, form, picker.state(request.POST), found, error)
    say(request, _("Saved. Your organisation sees it."))
    return redirect("desk:activity", pk=found.row.id if found else made)


def _kept(form: ActivityForm, found: ActivityPage | None) -> Any:
    if found:  # what it is, and of what it is a part, stays
        form.cleaned_data |= {"kind": found.row.kind, "part_of": ""}
    return form.kept()


def _form(
    request: HttpRequest, form: ActivityForm, place: Any, found: ActivityPage | None = None, error: str = ""
) -> HttpResponse:
    status = 422 if error else status_of(form)
    return page(request, "desk/activity_form.html", status=status, form=form, places=place, place_error=error, found=found)


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Plan, hold, report, cancel it, open its report again; show an event to everybody, or no more."""
    if verb not in DONE:
        raise NotYours
    actor = acting(request)
    if verb == "cancel":
        queries.seen(actor, pk, verb)
        form = CancelForm(request.POST)
        if not attempt(form, lambda d: operations.move(actor, pk, verb, d["why"])):
            return _show(request, pk, form)
    elif verb in PUBLIC:
        PUBLIC[verb](actor, pk)
    else:
        operations.move(actor, pk, verb)
    say(request, DONE[verb])
    return redirect("desk:activity", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def count(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How many came, by sex, age and kind."""
    actor = acting(request)
    found = queries.activity(actor, pk, to="count")
    form = CountForm(request.POST if request.method == "POST" else None, found=found)
    if request.method == "POST" and attempt(form, lambda d: operations.count(actor, pk, form.counts(), d["total"])):
        say(request, _("Counted. Write down what was asked, then report it."))
        return redirect("desk:activity", pk=pk)
    return page(request, "desk/activity_count.html", status=status_of(form), found=found, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def lines(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """One list, and a form for one more line of it."""
    actor = acting(request)
    found = queries.listed(actor, pk, name, to="fill" if request.method == "POST" else "")
    form = _line_form(found, None, request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempt(form, lambda d: operations.add(actor, pk, name, form.said(), d["sent_id"])):
        say(request, _("Added."))
        return redirect("desk:activity_lines", pk=pk, name=name)
    return page(request, "desk/activity_lines.html", status=status_of(form), found=found, form=form, labels=LABELS[name])


def _line_form(found: queries.ListPage, line: queries.LineView | None, data: Any) -> LineForm:
    known = {"member": queries.colleagues, "donor": queries.donors}
    ties = [one for field, read in known.items() if field in LABELS[found.name] for one in read(found.row.id)]
    return LineForm(data, name=found.name, ties=ties, begin=line or {"on": found.row.on})


@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, pk: UUID, name: str, row: UUID) -> HttpResponse:
    """One line of a list: changed, or taken out."""
    actor = acting(request)
    found = queries.listed(actor, pk, name, to="fill")
    known = next((one for one in found.lines if one.id == row), None)
    if known is None:
        raise NotYours
    back = redirect(reverse("desk:activity_lines", args=[pk, name]))
    if request.method == "POST" and "remove" in request.POST:
        operations.remove(actor, pk, name, row)
        say(request, _("Taken out."))
        return back
    form = _line_form(found, known, request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempt(form, lambda _d: operations.mend(actor, pk, name, row, form.said())):
        say(request, _("Saved."))
        return back
    return page(request, "desk/activity_line.html", status=status_of(form), found=found, form=form, row=known)
