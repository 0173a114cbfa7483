"""A volunteer's own visits: the cards, what came of each; and the page that shows kept cards where there is no network."""

import json
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from spean.accounts import access
from spean.accounts.access import Actor
from spean.cases.operations import visits as operations
from spean.cases.queries import visits as queries
from spean.cases.visit_enums import VisitResult
from spean.kernel.errors import NotAllowed
from spean.surfaces import built
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.visit_forms import TellVisitForm
from spean.surfaces.pages import page
from spean.surfaces.templatetags.spean import day, digits
from spean.voices.operations.unfolding import Offer

TOLD = _("Sent and sealed: only the team can read it. The card is gone.")
WEARS = ("frontend/desk/desk.css", "frontend/desk/visits.js")
WORKER = "frontend/desk/keptworker.js"


def _volunteer(request: HttpRequest) -> Actor:
    actor = acting(request)
    if not access.may(actor, "visit.see"):
        raise NotAllowed
    return actor


@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """The reader's cards, opened: that is written in the trail first."""
    actor = _volunteer(request)
    aliases = operations.open_cards(actor)
    opened = [(one, aliases[one.card.id]) for one in queries.own(actor) if one.card.id in aliases]
    cards = [(one.card, alias) for one, alias in opened]
    kept = [_kept(one.card, one.left, one.offer, alias) for one, alias in opened if one.offer]
    return page(request, "desk/visits.html", cards=cards, kept=json.dumps(kept), files=json.dumps(built.files(*WEARS)))


def _kept(card: queries.Card, left: int, offer: Offer, alias: str) -> dict[str, Any]:
    """What a telephone keeps of a card: what the page shows, how long it may, and the key of the team."""
    shown = {"alias": alias, "kind": card.kind_label, "place": card.place, "day": day(card.by_day), "code": digits(card.code)}
    gone = f"{day(card.ends.date())}, {digits(card.ends.strftime('%H:%M'))}"
    to = {"org": str(offer.org), "team": str(offer.team), "key": offer.key.hex()}
    return {"id": str(card.id), **shown, "gone": gone, "left": left, "offer": to}


@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """The page without any card, which the telephone keeps and fills by itself."""
    _volunteer(request)
    return page(request, "desk/visits_kept.html", results=VisitResult.choices)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that shows that page where there is no network. It reaches the visits and nothing else."""
    _volunteer(request)
    return HttpResponse(built.script(WORKER), content_type="text/javascript; charset=utf-8")


@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What came of one visit. Nobody reads here again what was sent; a telephone that sealed it hears that it is here."""
    actor = acting(request)
    form = TellVisitForm(request.POST if request.method == "POST" else None, initial={"sent_id": uuid4()})
    if request.method == "POST" and attempt(form, lambda d: _tell(actor, pk, d)):
        if form.cleaned_data["envelope"]:
            return HttpResponse(status=204)
        say(request, TOLD)
        return redirect("desk:visits")
    return page(request, "desk/visit.html", status=status_of(form), card=queries.card(actor, pk), form=form)


def _tell(actor: Actor, pk: UUID, typed: dict[str, Any]) -> None:
    operations.tell(actor, pk, typed["result"], typed["words"], typed["sent_id"], typed["envelope"])
