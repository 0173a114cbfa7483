"""What a person needs: the questions, the tasks that they propose, what was kept, and the second person's word."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from spean.cases import enums
from spean.cases.operations import assessing as operations
from spean.cases.operations import reading
from spean.cases.queries import cases as queries
from spean.cases.queries import needs
from spean.cases.queries.cases import CaseHead
from spean.cases.queries.needs import AssessmentView
from spean.checks.needs import higher
from spean.kernel.errors import Invalid, NotYours
from spean.surfaces.desk import needs_words as words
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.case_forms import why_of
from spean.surfaces.desk.needs_forms import NeedsForm, ProposalsForm, carried, found_in
from spean.surfaces.pages import page

KEPT = _("Kept and sealed. The tasks that you ticked stand in the case now. A second person looks at it: ask your supervisor.")
AGREED = _("You agree. Both names stand with it now.")
LEFT = _("Something was learnt of the person since: the danger stays as it stands in the case. Ask anew what is needed.")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """First the questions, then what they propose. Nothing is kept before the last button."""
    actor = acting(request)
    reading.ready(actor, pk, "assess")
    head = queries.case_head(actor, pk)
    if request.method != "POST":
        return _questions(request, head, NeedsForm(initial={"sent_id": uuid4()}))
    if "back" in request.POST:
        return _questions(request, head, NeedsForm(initial=NeedsForm.typed(request.POST)))
    if "keep" in request.POST:
        form = ProposalsForm(request.POST, found=found_in(request.POST))
        return _keep(request, head, form) or _proposals(request, head, form)
    asked = NeedsForm(request.POST)
    if not asked.is_valid():
        return _questions(request, head, asked)
    first = carried(asked, asked.cleaned_data["sent_id"])
    return _proposals(request, head, ProposalsForm(initial=first, found=found_in(request.POST)))


def _keep(request: HttpRequest, head: CaseHead, form: ProposalsForm) -> HttpResponse | None:
    """Kept, and on to the case; None with its reasons on the form."""
    actor = acting(request)
    if attempt(form, lambda data: operations.assess(actor, head.row.id, form.kept(), data["sent_id"])) is None:
        return None
    say(request, KEPT)
    return redirect("desk:case", pk=head.row.id)


def _questions(request: HttpRequest, head: CaseHead, form: NeedsForm) -> HttpResponse:
    return page(request, "desk/needs_ask.html", status=status_of(form), head=head, form=form, groups=form.groups())


def _proposals(request: HttpRequest, head: CaseHead, form: ProposalsForm) -> HttpResponse:
    seen = str(form["risk"].value() or "")
    told = words.proposed(form, higher(form.found.level, seen if seen in enums.Risk else enums.Risk.NOT_KNOWN))
    return page(request, "desk/needs_proposed.html", status=status_of(form), head=head, form=form, told=told)


@require_http_methods(["GET", "HEAD", "POST"])
def assessment(request: HttpRequest, pk: UUID, assessment: UUID) -> HttpResponse:
    """One assessment, opened: that is written in the trail first. A post says why somebody else opens it."""
    actor = acting(request)
    head, one = _found(request, pk, assessment)
    why, reason = why_of(request)
    try:
        kept = operations.read(actor, pk, assessment, reason)
    except Invalid:
        return page(request, "desk/needs_why.html", status=status_of(why), head=head, one=one, why=why)
    shown: dict[str, Any] = {"kept": words.kept(kept, one), "may_agree": "review" in head.may and not one.mine}
    return page(request, "desk/needs.html", head=head, one=one, **shown)


@require_POST
def agree(request: HttpRequest, pk: UUID, assessment: UUID) -> HttpResponse:
    """A second person has looked at it, and agrees."""
    counted = operations.agree(acting(request), pk, assessment)
    say(request, AGREED, *(() if counted else (LEFT,)))
    return redirect("desk:case", pk=pk)


def _found(request: HttpRequest, pk: UUID, assessment: UUID) -> tuple[CaseHead, AssessmentView]:
    head = queries.case_head(acting(request), pk)
    one = next((a for a in needs.assessments(acting(request), pk) if a.id == assessment), None)
    if one is None:
        raise NotYours
    return head, one
