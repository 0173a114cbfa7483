"""Which service helps with a goal of the plan: chosen from those that can take the person. Nothing sealed is opened."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from spean.accounts.access import Actor
from spean.cases import enums
from spean.cases.operations import planning, reading
from spean.cases.queries import care
from spean.cases.queries.care import GoalView
from spean.cases.queries.cases import case_head
from spean.cases.queries.helping import helping
from spean.kernel.errors import NotYours
from spean.surfaces.desk.acting import acting, attempt, say
from spean.surfaces.desk.care_forms import NeedForm, ServiceForm
from spean.surfaces.pages import page

CHOSEN = _("Saved. It stands with the goal. Nobody is told of the person by that: ask, or refer.")


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, pk: UUID, goal: UUID) -> HttpResponse:
    """Who helps with the need of this goal, who can take the person first; a post chooses one, or none."""
    actor = acting(request)
    reading.ready(actor, pk, "plan")
    head, one = case_head(actor, pk), _goal(actor, pk, goal)
    form = ServiceForm.of("service", request.POST if request.method == "POST" else None)
    kept = attempt(form, lambda d: planning.choose_service(actor, pk, goal, d["service"], d["need"]))
    if kept is not None:
        say(request, CHOSEN)
        return redirect("desk:care_plan", pk=pk)
    asked = request.POST.get("need", "") if form.is_bound else request.GET.get("need", "")
    need = asked or one.need or enums.NEED_FOR[enums.NeedDomain(one.domain_code)]
    shown = {"form": form, "needs": NeedForm(initial={"need": need}), "need": need, "helpers": helping(actor, need, head)}
    return page(request, "desk/care_service.html", status=422 if form.is_bound else 200, head=head, goal=one, **shown)


def _goal(actor: Actor, pk: UUID, goal: UUID) -> GoalView:
    """An open goal of this case."""
    found = next((g for g in care.plan(actor, pk).goals if g.id == goal and g.state == enums.GoalState.OPEN), None)
    if found is None:
        raise NotYours
    return found
