"""One follow-up that is written down: the person's own word, the areas that came up, the signs of new danger."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from spean.cases import rebuild
from spean.cases.operations import following as operations
from spean.cases.operations import reading, visits
from spean.cases.queries import cases as queries
from spean.cases.queries import following
from spean.cases.rebuild_enums import FollowHow
from spean.kernel.errors import Conflict
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.rebuild_forms import FollowForm
from spean.surfaces.desk.templatetags.desk import months_after
from spean.surfaces.pages import page

KEPT = _("Kept and sealed. You see below what rose and what fell.")
SEEN = _("A sign of danger was seen: take over its task below, or ask a supervisor.")


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, pk: UUID, follow: UUID | None = None) -> HttpResponse:
    """A follow-up, or without one what is said at the start."""
    actor = acting(request)
    reading.ready(actor, pk, "rebuild")
    head, one = queries.case_head(actor, pk), following.follow_up(actor, pk, follow) if follow else None
    if one is not None and "do" not in one.may and request.method != "POST":
        raise Conflict
    form = FollowForm(
        request.POST if request.method == "POST" else None, initial={"sent_id": uuid4(), **_told(request, pk, follow)}
    )
    if request.method == "POST" and attempt(form, lambda data: _keep(request, pk, follow, form, data["sent_id"])):
        say(request, KEPT, *((SEEN,) if form.cleaned_data["signs"] else ()))
        return redirect("desk:case_after", pk=pk)
    shown = {"head": head, "one": one, "form": form, "time": months_after(one.month if one else 0)}
    return page(request, "desk/case_follow.html", status=status_of(form), version=rebuild.version(), **shown)


def _told(request: HttpRequest, pk: UUID, follow: UUID | None) -> dict[str, str]:
    """What a volunteer told of this follow-up, for the first fields; the case is opened for it, and that is in the trail."""
    wanted = request.GET.get("visit", "")
    if request.method == "POST" or not wanted:
        return {}
    told = visits.told_of(acting(request), pk, follow, wanted)
    return {"how": FollowHow.VISIT, "words": told} if told else {}


def _keep(request: HttpRequest, pk: UUID, follow: UUID | None, form: FollowForm, sent_id: UUID) -> UUID:
    if follow is None:
        return operations.start(acting(request), pk, form.told(), sent_id)
    return operations.do(acting(request), pk, follow, form.told(), sent_id)
