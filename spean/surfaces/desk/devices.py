"""Where the reader is signed in, and ending it; ending all of a member's."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spean.accounts import operations, queries, signin
from spean.surfaces.desk.acting import acting, say
from spean.surfaces.pages import page


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Coarse and by the day: enough to notice what is not one's own."""
    found = queries.devices(acting(request), signin.here(request))
    return page(request, "desk/people/devices.html", devices=found)


@require_POST
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of them."""
    operations.end_device(acting(request), pk)
    say(request, _("You are signed out there."))
    return HttpResponseRedirect(reverse("desk:devices"))


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """All but this one."""
    operations.end_other_devices(acting(request), signin.here(request))
    say(request, _("You are signed out everywhere else."))
    return HttpResponseRedirect(reverse("desk:devices"))


@require_http_methods(["GET", "POST"])
def end_member(request: HttpRequest, membership: UUID) -> HttpResponse:
    """All sessions of a member, whose telephone was lost."""
    actor = acting(request)
    row, team_id, _takers = queries.member(actor, membership, "membership.sign_out")
    if request.method == "POST":
        operations.end_sessions(actor, membership)
        say(
            request,
            _("%(name)s is signed out everywhere.") % {"name": row.name},
            _("They can sign in again with their password."),
        )
        return HttpResponseRedirect(reverse("desk:team", args=[team_id]) if row.user != actor.id else reverse("account_login"))
    return page(request, "desk/people/sign_out.html", member=row, team_id=team_id)


listing.before_second_factor = end.before_second_factor = end_others.before_second_factor = True  # type: ignore[attr-defined]
