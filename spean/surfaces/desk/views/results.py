"""What a project wants to reach on the desk: the tree, one indicator with its targets and numbers, progress."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts.access import Actor
from spean.evidence.indicators import counting
from spean.evidence.indicators.pages import Quarters, quarters_of, what_was_counted
from spean.kernel.errors import NotYours
from spean.programme.operations import results as operations
from spean.programme.operations import values
from spean.programme.queries import progress as progressing
from spean.programme.queries import results as queries
from spean.programme.queries.results import IndicatorPage, ValueView
from spean.surfaces.desk import progress_words
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.fields import PlainForm
from spean.surfaces.desk.result_forms import CountForm, IndicatorForm, ResultForm, TakeForm, TargetForm, ValueForm
from spean.surfaces.pages import page

WAITS = _("Saved. It counts once a second person has confirmed it.")
DECIDED = {
    "confirm": (values.confirm, _("Confirmed. It counts from now on.")),
    "refuse": (values.refuse, _("Refused. It stays here and does not count. Tell the person who wrote it why.")),
}


@require_safe
def tree(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Impact, outcomes, outputs and their indicators."""
    return _tree(request, acting(request), pk)


def _tree(request: HttpRequest, actor: Actor, pk: UUID, wrong: dict[str, PlainForm] | None = None) -> HttpResponse:
    found = queries.framework(actor, pk)
    results = [(str(row.id), row.title) for row in found.results]
    forms = {"take": TakeForm.of("take", None, left=found.ready), "result": ResultForm.of("result", None, results=results)}
    status = status_of(*(wrong or {}).values())
    return page(request, "desk/results.html", status=status, found=found, forms={**forms, **(wrong or {})}, wrong=wrong or {})


@require_POST
def tree_act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Take the ready set in, or add a result."""
    actor = acting(request)
    found = queries.framework(actor, pk)
    form: Any
    if verb == "take":
        form = TakeForm.of("take", request.POST, left=found.ready)
        done = attempt(form, lambda d: (operations.take_in(actor, pk, d["numbers"]),))
    elif verb == "result":
        form = ResultForm.of("result", request.POST, results=[(str(row.id), row.title) for row in found.results])
        done = attempt(form, lambda _d: operations.add_result(actor, pk, form.words()))
    else:
        raise NotYours
    if not done:
        return _tree(request, actor, pk, {verb: form})
    say(request, _("Taken in. Now set targets, and change what is not yours.") if verb == "take" else _("Saved."))
    return redirect("desk:results", pk=pk)


@require_safe
def indicator(request: HttpRequest, pk: UUID, indicator: UUID) -> HttpResponse:
    """One indicator: what is counted, its targets, its numbers."""
    return _indicator(request, queries.indicator(acting(request), pk, indicator, after=request.GET.get("after", "")))


def _indicator(request: HttpRequest, found: IndicatorPage, wrong: dict[str, PlainForm] | None = None) -> HttpResponse:
    forms: dict[str, Any] = {"target": TargetForm.of("target", None), "enter": ValueForm.of("enter", None, about=found)}
    left = quarters_of(found.project, found.id) if "enter" in found.may else Quarters(None, ())
    forms["count"] = CountForm.of("count", None, left=left.left)
    status = status_of(*(wrong or {}).values())
    at = progress_words.places(progressing.at_places(acting(request), found.project, found.id))
    more = {"forms": {**forms, **(wrong or {})}, "wrong": wrong or {}, "counted": left.counted, "at": at}
    return page(request, "desk/indicator.html", status=status, found=found, **more)


def _correction(found: IndicatorPage, value: ValueView, data: Any) -> ValueForm:
    """The form of a correction, that begins with what stands."""
    begin = {"starts_on": value.starts_on, "ends_on": value.ends_on, "place": value.place_code, "amount": value.amount}
    initial = {**begin, "out_of": value.out_of, "sent_id": uuid4(), **value.kept_parts}
    return ValueForm(data, initial=initial, about=found)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An indicator of one's own."""
    actor = acting(request)
    found = queries.framework(actor, pk, to="project.frame")
    form = IndicatorForm(request.POST or None, results=queries.results_to_choose(actor, pk))
    made = request.method == "POST" and attempt(form, lambda _d: operations.add_indicator(actor, pk, form.words()))
    if made:
        say(request, _("Saved."))
        return redirect("desk:indicator", pk=pk, indicator=made)
    return page(request, "desk/indicator_form.html", status=status_of(form), form=form, tree=found)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: UUID, indicator: UUID) -> HttpResponse:
    """Other words, another baseline."""
    actor = acting(request)
    found = queries.indicator(actor, pk, indicator, to="project.frame")
    form = IndicatorForm(request.POST or None, initial=found.kept, results=queries.results_to_choose(actor, pk))
    run = operations.change_indicator
    if request.method == "POST" and attempt(form, lambda _d: run(actor, pk, indicator, form.words())):
        say(request, _("Saved."))
        return redirect("desk:indicator", pk=pk, indicator=indicator)
    return page(request, "desk/indicator_form.html", status=status_of(form), form=form, found=found)


@require_POST
def act(request: HttpRequest, pk: UUID, indicator: UUID, verb: str) -> HttpResponse:
    """A target, a number, or the indicator dropped."""
    actor = acting(request)
    if verb == "drop":
        operations.drop_indicator(actor, pk, indicator)
        say(request, _("The project does not measure it any more."))
        return redirect("desk:results", pk=pk)
    found = queries.indicator(actor, pk, indicator)
    form: Any
    if verb == "target":
        form = TargetForm.of("target", request.POST)
        done = attempt(form, lambda d: operations.set_target(actor, pk, indicator, **d))
    elif verb == "enter":
        form = ValueForm.of("enter", request.POST, about=found)
        done = attempt(form, lambda d: values.enter(actor, pk, indicator, form.number(), d["sent_id"]))
    elif verb == "count":
        form = CountForm.of("count", request.POST, left=quarters_of(pk, indicator).left)
        done = attempt(form, lambda d: counting.count(actor, pk, indicator, d["quarter"], d["sent_id"]))
    else:
        raise NotYours
    if not done:
        return _indicator(request, found, {verb: form})
    say(request, _("Saved.") if verb == "target" else WAITS)
    return redirect("desk:indicator", pk=pk, indicator=indicator)


@require_POST
def value_act(request: HttpRequest, pk: UUID, indicator: UUID, value: UUID, verb: str) -> HttpResponse:
    """A second person confirms or refuses a number; or it is corrected."""
    actor = acting(request)
    if verb == "correct":
        return _correct(request, actor, *_number(request, pk, indicator, value))
    if verb not in DECIDED:
        raise NotYours
    run, said = DECIDED[verb]
    run(actor, pk, value)
    say(request, said)
    return redirect("desk:indicator", pk=pk, indicator=indicator)


def _number(request: HttpRequest, pk: UUID, indicator: UUID, value: UUID) -> tuple[IndicatorPage, ValueView]:
    """A number, and the indicator that it is of."""
    found = queries.indicator(acting(request), pk, indicator, number=value)
    if not found.values:
        raise NotYours
    return found, found.values[0]


def _correct(request: HttpRequest, actor: Actor, found: IndicatorPage, old: ValueView) -> HttpResponse:
    form = _correction(found, old, request.POST)
    if not attempt(form, lambda d: values.correct(actor, found.project, old.id, form.number(), d["sent_id"])):
        return page(request, "desk/value_correct.html", status=422, found=found, value=old, form=form)
    say(request, WAITS)
    return redirect("desk:indicator", pk=found.project, indicator=found.id)


@require_safe
def value(request: HttpRequest, pk: UUID, indicator: UUID, value: UUID) -> HttpResponse:
    """What was counted for a number: the question, of what it is made, whom it counts, how it is protected; or its correction."""
    found, one = _number(request, pk, indicator, value)
    if one.counted_on:
        return page(request, "desk/value.html", found=found, value=one, counted=what_was_counted(found.code, value))
    if "correct" not in one.may:
        raise NotYours
    return page(request, "desk/value_correct.html", found=found, value=one, form=_correction(found, one, None))


@require_safe
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far a project came."""
    found = progressing.progress(acting(request), pk)
    return page(request, "desk/progress.html", found=found, groups=progress_words.groups(found))


@require_safe
def across(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far the projects of a programme came together, added only where that is true."""
    name, found = progressing.across(acting(request), pk)
    figure = progress_words.figure
    rows = [(one, figure(one.sum), [(project, figure(amount)) for project, amount in one.projects]) for one in found]
    return page(request, "desk/programme_progress.html", name=name, rows=rows, programme=pk)
