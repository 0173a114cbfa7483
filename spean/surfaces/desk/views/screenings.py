"""A screening: the gate, the indicators, the result that is explained, and the second person's word."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from spean.cases.operations import reading
from spean.cases.operations import screening as operations
from spean.cases.queries import cases as queries
from spean.cases.queries.cases import CaseHead
from spean.cases.queries.law import of_child
from spean.cases.queries.whole import ScreeningView, screening_of
from spean.kernel.errors import Invalid
from spean.surfaces.desk import screening_words as words
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.case_forms import why_of
from spean.surfaces.desk.screening_forms import ANSWERS, GateForm, IndicatorsForm, asked_as, is_child, profile_of
from spean.surfaces.pages import page

KEPT = _("The screening is kept and sealed. A second person has to look at it: ask your supervisor.")
KEPT_URGENT = _("Kept as urgent. Act first: what has to be done within 1 hour stands on this page.")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """First the gate and what is urgent, then the questions. Nothing is kept before the last button, but what is urgent."""
    actor = acting(request)
    reading.ready(actor, pk, "screen")
    head = queries.case_head(actor, pk)
    age = head.facts["age"]
    if request.method != "POST":
        return _gate(request, head, GateForm(initial={"sent_id": uuid4()}, age=age))
    if "keep" in request.POST:
        form = IndicatorsForm(request.POST, age=age, profile=profile_of(age, request.POST.get("profile", "")))
        return _keep(request, head, form) or _questions(request, head, form)
    gate = GateForm(request.POST, age=age)
    if not gate.is_valid():
        return _gate(request, head, gate)
    if gate.cleaned_data["urgent"]:
        return _keep(request, head, gate) or _gate(request, head, gate)
    if gate.missing():
        return page(request, "desk/screening_not_now.html", head=head, missing=gate.missing())
    known = {name: gate.cleaned_data[name] for name in gate.fields}
    return _questions(request, head, IndicatorsForm(initial=known, age=age, profile=known["profile"]))


def _keep(request: HttpRequest, head: CaseHead, form: GateForm) -> HttpResponse | None:
    """Kept, and on to the result; None with its reasons on the form."""
    actor = acting(request)
    made = attempt(form, lambda data: operations.screen(actor, head.row.id, form.asked(), data["sent_id"]))
    if made is None:
        return None
    say(request, KEPT_URGENT if form.cleaned_data["urgent"] else KEPT)
    return redirect("desk:screening", pk=head.row.id, screening=made)


def _gate(request: HttpRequest, head: CaseHead, form: GateForm) -> HttpResponse:
    child = is_child(form.age)
    shown = {"gate": form.gate(), "child": child, "law": of_child() if child else None}
    return page(request, "desk/screening_gate.html", status=status_of(form), head=head, form=form, **shown)


def _questions(request: HttpRequest, head: CaseHead, form: IndicatorsForm) -> HttpResponse:
    profile = profile_of(form.age, str(form["profile"].value() or ""))
    choices = [(value, str(label)) for value, label in ANSWERS]  # translated once, not once a question
    shown = {"groups": words.questions(form, profile), "choices": choices, "profile": profile, "asked_as": asked_as(profile)}
    return page(request, "desk/screening_ask.html", status=status_of(form), head=head, form=form, gate=form.gate(), **shown)


@require_http_methods(["GET", "HEAD", "POST"])
def screening(request: HttpRequest, pk: UUID, screening: UUID) -> HttpResponse:
    """The result of one screening, opened: that is written in the trail first. A post says why somebody else opens it."""
    actor = acting(request)
    head, one = _found(request, pk, screening)
    why, reason = why_of(request)
    try:
        kept = reading.read_screening(actor, pk, screening, reason)
    except Invalid:
        first = words.first_steps(one.indicated)
        return page(request, "desk/screening_why.html", status=status_of(why), head=head, one=one, why=why, first=first)
    shown: dict[str, Any] = {"told": words.explain(kept, one), "may_agree": "review" in head.may and not one.mine}
    return page(request, "desk/screening.html", head=head, one=one, **shown)


@require_POST
def agree(request: HttpRequest, pk: UUID, screening: UUID) -> HttpResponse:
    """A second person has looked at it, and agrees."""
    operations.review(acting(request), pk, screening)
    say(request, _("You agree. Both names stand with this screening now."))
    return redirect("desk:case", pk=pk)


def _found(request: HttpRequest, pk: UUID, screening: UUID) -> tuple[CaseHead, ScreeningView]:
    actor = acting(request)
    return queries.case_head(actor, pk), screening_of(actor, pk, screening)
