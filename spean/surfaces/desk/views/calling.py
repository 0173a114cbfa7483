"""A test call of a number of the help directory or of a recruiter."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from spean.directory.operations import calling
from spean.directory.queries.parts import phone_owner
from spean.surfaces.desk.acting import acting, attempt, say
from spean.surfaces.desk.call_forms import CallForm, Wrong
from spean.surfaces.desk.views import directory, recruiters

PAGES = {"entry": directory.show, "recruiter": recruiters.show}


@require_POST
def call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep a test call of a number; nothing typed is lost when it cannot be kept."""
    actor, form = acting(request), CallForm.of(f"call-{pk}", request.POST)
    kind, of = phone_owner(actor, pk)
    if not attempt(form, lambda d: calling.record(actor, pk, **d)):
        return PAGES[kind](request, actor, of, Wrong(pk, form))
    say(request, _("The call is kept. A number that was found right is shown; one that is wrong is not shown any more."))
    return redirect(f"desk:{kind}", pk=of)
