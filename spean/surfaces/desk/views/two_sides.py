"""The way home on two sides: as a partner sees it by a referral, and one step of which they say how it stands."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from spean.cases import corridors
from spean.cases.operations import two_sides as operations
from spean.cases.queries import two_sides as queries
from spean.surfaces.desk.acting import acting, attempt, say
from spean.surfaces.desk.referral_forms import PartnerStepForm
from spean.surfaces.pages import page

#: of a partner "over there" is another place than of us
SIDES = (("there", _("In the other country")), ("border", _("At the crossing")), ("here", _("In Cambodia")))


@require_safe
def way(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The way home as it stands now: where a partner looks, that is written in both trails first."""
    actor = acting(request)
    operations.look(actor, pk)
    found = queries.shared(actor, pk)
    return page(request, "desk/referral_way.html", way=found, sides=SIDES, version=corridors.version())


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: UUID, step: UUID) -> HttpResponse:
    """One step of their side: done, planned, or what it waits for."""
    actor = acting(request)
    found = queries.shared(actor, pk, "way_step")
    one, posted = found.step(step), request.method == "POST"
    form = PartnerStepForm(request.POST if posted else None, initial={"day": one.due_on, "waits_for": one.waits_code})
    if posted and attempt(form, lambda data: operations.say(actor, pk, step, form.says(), data["sent_id"])):
        say(request, _("Saved. Who sent it sees it at once, with the name of your desk."))
        return redirect("desk:referral_way", pk=pk)
    return page(request, "desk/referral_way_step.html", status=422 if posted else 200, way=found, one=one, form=form)
