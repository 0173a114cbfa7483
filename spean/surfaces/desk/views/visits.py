"""A volunteer's own visits: the cards, and what came of each."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from spean.accounts import access
from spean.cases.operations import visits as operations
from spean.cases.queries import visits as queries
from spean.kernel.errors import NotAllowed
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.visit_forms import TellVisitForm
from spean.surfaces.pages import page

TOLD = _("Sent and sealed: only the team can read it. The card is gone.")


@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """The reader's cards, opened: that is written in the trail first."""
    actor = acting(request)
    if not access.may(actor, "visit.see"):
        raise NotAllowed
    aliases = operations.open_cards(actor)
    cards = [(card, aliases[card.id]) for card in queries.cards(actor) if card.id in aliases]
    return page(request, "desk/visits.html", cards=cards, most=operations.MOST)


@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What came of one visit. Nobody reads here again what was sent."""
    actor = acting(request)
    form = TellVisitForm(request.POST if request.method == "POST" else None, initial={"sent_id": uuid4()})
    if request.method == "POST" and attempt(form, lambda d: operations.tell(actor, pk, d["result"], d["words"], d["sent_id"])):
        say(request, TOLD)
        return redirect("desk:visits")
    return page(request, "desk/visit.html", status=status_of(form), card=queries.card(actor, pk), form=form)
